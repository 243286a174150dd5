"""Two editors in every order: whatever they do and whenever, nobody's words are silently written over.

Each trial is a random course of steps with a seed of its own, so that one that fails can be told again.
"""

import random
from typing import Any

import pytest
from django.urls import reverse

from articles.models import Article, WorkingCopy
from articles.revisions import record, snapshot
from newsroom.publishing import State
from tests.articles.desk.test_autosaving import Window, change
from tests.forms import filled
from tests.situations import an_article, draft, published, staff

pytestmark = pytest.mark.django_db

FIELDS = ("title", "lead", "body", "note")
STEPS = 12


def words(whole: dict[str, Any]) -> dict[str, str]:
    """What a snapshot says, as a form sends it."""
    return {name: whole[name] for name in FIELDS}


class Course:
    """Two editors at one article, what they know of it, and what has to be true after each step."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.told: list[str] = [f"seed {seed}"]
        begun = self.random.choice([draft(), {"state": State.SUBMITTED, "published_at": None}, published()])
        self.article = an_article("Tên đầu", lead="Sapo đầu.", body="<p>Thân đầu.</p>", note="Ghi chú", **begun)
        record(self.article, None)
        self.people = [staff("editor"), staff("editor")]
        self.windows = [Window(person, self.article) for person in self.people]
        self.typed: list[dict[str, str]] = [{}, {}]  # not yet saved, as far as the person can know
        self.shown = [self.at_the_desk(), self.at_the_desk()]  # the text from which each form began
        self.kept: list[str] = []  # words of which a person was told that they are saved

    def at_the_desk(self) -> dict[str, str]:
        copy = WorkingCopy.objects.filter(article=self.article).first()
        return words(copy.snapshot if copy else self.to_readers())

    def to_readers(self) -> dict[str, Any]:
        return snapshot(Article.objects.get(pk=self.article.pk))

    def run(self) -> None:
        for number in range(STEPS):
            who = self.random.randrange(2)
            step = self.random.choice([self.type, self.type, self.save, self.save, self.autosave, self.decide,
                                       self.restore, self.open])  # fmt: skip
            before, readers = self.at_the_desk(), words(self.to_readers())
            version, state = Article.objects.values_list("version", "state").get(pk=self.article.pk)
            self.told.append(f"{number}: {who} {step.__name__}")
            is_decision = step(who, f"{number}-{who}")
            after = Article.objects.get(pk=self.article.pk)
            assert after.version >= version, self.told
            assert after.revisions.first().version == after.version, self.told
            if state == State.PUBLISHED and not is_decision:
                assert words(self.to_readers()) == readers, self.told
            if after.version == version:
                assert self.at_the_desk() == before, self.told
        everything = [str(revision.snapshot) for revision in self.article.revisions.all()]
        assert [each for each in self.kept if not any(each in whole for whole in everything)] == [], self.told

    # What a person does. Each returns whether readers may see something else after it.

    def open(self, who: int, mark: str) -> bool:
        """Come back another time, with nothing in hand that was not saved."""
        if not self.typed[who]:
            self.windows[who] = Window(self.people[who], self.article)
            self.shown[who] = self.at_the_desk()
        return False

    def type(self, who: int, mark: str) -> bool:
        name = self.random.choice(FIELDS)
        text = f"<p>Viết {mark}.</p>" if name == "body" else f"Viết {mark}"
        self.typed[who][name] = text
        self.windows[who].form[name] = text
        return False

    def save(self, who: int, mark: str) -> bool:
        before = self.at_the_desk()
        answer = self.windows[who].save()
        self.after_a_form(who, answer, before)
        return False

    def autosave(self, who: int, mark: str) -> bool:
        before = self.at_the_desk()
        if self.windows[who].form.keys() >= {"title"}:
            answer = self.windows[who].autosave()
            assert answer.status_code in {200, 403, 409}, (answer.content, self.told)
            if answer.status_code == 200:
                self.landed(who, before, is_by_hand=False)
        return False

    def decide(self, who: int, mark: str) -> bool:
        """Save and move it on with one button: any of those the page shows."""
        page = self.windows[who].client.get(change(self.article))
        move = self.random.choice(page.context["moves"]).name if page.context["moves"] else ""
        if move:
            before = self.at_the_desk()
            answer = self.windows[who].save(_move=move, reason=f"Vì {mark}")
            self.windows[who].form = {
                name: value for name, value in self.windows[who].form.items() if name not in {"_move", "reason"}
            }
            self.after_a_form(who, answer, before, dropped=move == "drop")
        return bool(move)

    def restore(self, who: int, mark: str) -> bool:
        version = self.random.choice(list(self.article.revisions.values_list("version", flat=True)))
        # The page of the history says which version its person has seen: now and then that is an old one.
        seen = Article.objects.get(pk=self.article.pk).version - self.random.choice([0, 0, 1])
        before, number = self.at_the_desk(), Article.objects.get(pk=self.article.pk).version
        answer = self.windows[who].client.post(
            reverse("admin:articles_article_restore", args=[self.article.pk, version]), {"_version": seen}
        )
        assert answer.status_code == 302, self.told
        if seen != number:
            assert self.at_the_desk() == before, self.told
        return False

    # What has to be true of it

    def after_a_form(self, who: int, answer: Any, before: dict[str, str], dropped: bool = False) -> None:
        if answer.status_code == 302:
            if dropped:  # what readers see stands again; what was dropped is in the history
                self.kept += [_bare(text) for text in self.typed[who].values()]
                self.typed[who] = {}
            else:
                self.landed(who, before, is_by_hand=True)
            self.windows[who] = Window(self.people[who], self.article)
            self.shown[who] = self.at_the_desk()
            return
        assert answer.status_code == 200, (answer.status_code, self.told)
        assert answer.context["clash"], self.told
        assert self.at_the_desk() == before, self.told
        form = filled(answer)
        for name, text in self.typed[who].items():
            assert form[name] == text, (name, self.told)  # nothing typed is lost
        self.windows[who].form = form
        self.shown[who] = before

    def landed(self, who: int, before: dict[str, str], is_by_hand: bool) -> None:
        """A save was taken: it changed what its person typed and nothing else of what stood."""
        after = self.at_the_desk()
        assert after == {**before, **self.typed[who]}, (before, after, self.typed[who], self.told)
        assert {name: before[name] for name in FIELDS if name not in self.typed[who]} == {
            name: self.shown[who][name] for name in FIELDS if name not in self.typed[who]
        } or before == after, self.told
        if is_by_hand:
            self.kept += [_bare(text) for text in self.typed[who].values()]
        self.typed[who] = {}
        self.shown[who] = after


def _bare(text: str) -> str:
    return text.removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize("seed", range(2))
def test_two_editors_never_silently_write_over_each_other(seed: int):
    Course(seed).run()


@pytest.mark.long
@pytest.mark.alike
@pytest.mark.parametrize("seed", range(1000, 1200))
def test_two_editors_never_silently_write_over_each_other_in_two_hundred_courses(seed: int):
    Course(seed).run()
