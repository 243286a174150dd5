"""Whether anybody has signed, or anything is filed under a tag or a committee, is told by the end of an index."""

from django.db import migrations, models

# Of the tables that Django keeps for two relations; it has no place to declare an index of theirs.
_OF_RELATIONS = {
    "articles_tags_of_tag": "articles_article_tags (tag_id, article_id)",
    "articles_committees_of_committee": "articles_article_committees (committee_id, article_id)",
}


class Migration(migrations.Migration):
    dependencies = [("articles", "0022_changes_of_public_figures")]

    operations = [
        migrations.AddIndex(
            model_name="byline", index=models.Index(fields=["person", "article"], name="articles_byline_of_person")
        ),
        *(
            migrations.RunSQL(f"CREATE INDEX {name} ON {columns}", f"DROP INDEX {name}")
            for name, columns in _OF_RELATIONS.items()
        ),
    ]
