"""What can be read off a statement: by which key it asks for rows, and when that cannot be told."""

import pytest

from newsroom.pagecache.statements import Asked, asked

ARTICLE, MENTION, PHOTO, FIGURE = ("articles_article", "articles_mention", "articles_photo", "committees_statistic")


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ('SELECT * FROM "articles_article" WHERE "articles_article"."id" = %s LIMIT 21', {Asked(ARTICLE, "id", (0,))}),
        (
            'SELECT %s AS "a" FROM "articles_photo" WHERE ("articles_photo"."article_id" IN (%s, %s) AND 1 = 1)',
            {Asked(PHOTO, "article_id", (1, 2))},
        ),
        ('SELECT * FROM "articles_article" WHERE "articles_article"."state" = %s', {Asked(ARTICLE)}),
        ('SELECT * FROM "articles_article" WHERE NOT ("articles_article"."id" = %s)', {Asked(ARTICLE)}),
        (
            'SELECT * FROM "articles_article" WHERE ("articles_article"."id" = %s OR "articles_article"."title" = %s)',
            {Asked(ARTICLE)},
        ),
        (
            "SELECT * FROM committees_award a WHERE (a.reported_at_id = %s OR a.given_at_id = %s AND a.count > %s)",
            {Asked("committees_award", "reported_at_id", (0,)), Asked("committees_award", "given_at_id", (1,))},
        ),
        (
            "SELECT * FROM articles_photo p WHERE CASE WHEN p.id = %s AND p.article_id = %s AND p.id > 1 THEN 1 END",
            {Asked(PHOTO)},
        ),
        # By way of a join: with an inner one each condition binds both, with an outer one only what is brought.
        (
            "SELECT * FROM articles_mention m INNER JOIN articles_article a ON (m.article_id = a.id) WHERE a.id = %s",
            {Asked(MENTION, "article_id", (0,)), Asked(ARTICLE, "id", (0,))},
        ),
        (
            "SELECT * FROM articles_photo p LEFT OUTER JOIN articles_article a ON (p.article_id = a.id AND a.id = %s)",
            {Asked(PHOTO), Asked(ARTICLE, only_changed=True)},
        ),
        # A figure that is mentioned tells its change by the article that mentions it.
        (
            "SELECT * FROM committees_statistic s INNER JOIN articles_mention m ON (s.id = m.statistic_id)"
            " WHERE m.article_id = %s",
            {Asked(MENTION, "article_id", (0,))},
        ),
        # What stands further in binds nothing further out.
        (
            "SELECT * FROM articles_article a WHERE EXISTS(SELECT 1 FROM articles_photo p WHERE p.article_id = a.id"
            " AND p.article_id = %s)",
            {Asked(ARTICLE), Asked(PHOTO, "article_id", (0,))},
        ),
        (
            "SELECT * FROM articles_article a WHERE a.id = %s AND EXISTS(SELECT 1 FROM articles_photo p WHERE"
            " p.article_id = (a.id))",
            {Asked(ARTICLE, "id", (0,)), Asked(PHOTO, "article_id", (0,))},
        ),
        (
            "SELECT * FROM articles_article WHERE id IN (%s) UNION ALL SELECT * FROM articles_photo p WHERE p.id = %s",
            {Asked(ARTICLE), Asked(PHOTO, "id", (1,))},
        ),
        ("SELECT 1 FROM newsroom_user", {Asked("newsroom_user", is_unknown=True)}),
        ("WITH t AS (SELECT * FROM articles_photo) SELECT * FROM t", {Asked(PHOTO)}),
        # What is written in a way of its own counts in full.
        ("SELECT f((articles_article))", {Asked(ARTICLE)}),
    ],
)
def test_a_statement_says_by_which_keys_it_asks(sql, found):
    assert set(asked(sql) or ()) == found


@pytest.mark.parametrize(
    "sql", ["INSERT INTO articles_article VALUES (1)", "UPDATE articles_article SET x = 1", "DELETE FROM x", "VACUUM"]
)
def test_what_does_something_else_than_ask_is_no_part_of_a_page(sql):
    assert asked(sql) is None


def test_a_statement_that_only_marks_a_place_asks_for_nothing():
    assert asked('SAVEPOINT "x"') == ()
