"""All that one reader has written, for whoever answers a reader's request."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.commenting.people import anonymise, of_email, of_writer, told
from articles.models import Comment


class Command(BaseCommand):
    help = (
        "Print as JSON all comments of one reader, or take the reader's name off them. The reader is found by the "
        "e-mail, or by one of the comments. Be sure that it is the reader who asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--email", metavar="ADDRESS", help="the e-mail that the comments were sent with")
        who.add_argument("--comment", metavar="NUMBER", type=int, help="the number of one of the comments")
        parser.add_argument(
            "--anonymise",
            action="store_true",
            help="take name, e-mail and traces off the comments; the words and the replies to them stay",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["email"] is not None:
            comments = of_email(options["email"])
        else:
            one = Comment.objects.filter(pk=options["comment"], is_staff_reply=False).first()
            if one is None:
                raise CommandError(f"There is no comment {options['comment']} by a reader.")
            comments = of_writer(one)
        if options["anonymise"]:
            self.stdout.write(f"The name was taken off {anonymise(comments)} comments.")
        else:
            self.stdout.write(json.dumps(told(comments), ensure_ascii=False, indent=2))
