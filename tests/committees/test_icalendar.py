"""Calendar files, held against RFC 5545 line by line."""

from datetime import UTC, date, datetime, timedelta, timezone

from committees.icalendar import Event, calendar

AT = datetime(2023, 2, 14, 7, 30, tzinfo=timezone(timedelta(hours=7)))


def an_event(**fields):
    return Event(**{"uid": "1@example.vn", "changed_at": AT, "on": date(2023, 2, 14), "summary": "Họp", **fields})


def lines(text):
    """Return the content lines of a calendar file, unfolded as its section 3.1 says."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "") and "\r" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_a_calendar_is_these_lines_and_no_other():
    event = an_event(description="Chiều", address="https://example.vn/hoi-nghi/hop-1/")
    assert lines(calendar("Lịch", [event])) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//newsroom//conferences//VI",
        "CALSCALE:GREGORIAN",
        "NAME:Lịch",
        "X-WR-CALNAME:Lịch",
        "BEGIN:VEVENT",
        "UID:1@example.vn",
        "DTSTAMP:20230214T003000Z",
        "DTSTART;VALUE=DATE:20230214",
        "DTEND;VALUE=DATE:20230215",
        "SUMMARY:Họp",
        "DESCRIPTION:Chiều",
        "URL:https://example.vn/hoi-nghi/hop-1/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_what_is_not_known_has_no_line():
    names = {line.partition(":")[0] for line in lines(calendar("Lịch", [an_event()]))}
    assert not names & {"DESCRIPTION", "URL", "LOCATION"}


def test_a_day_ends_where_the_next_begins():
    """The end is outside of the event (section 3.6.1): on the last day of a year it is the first of another."""
    text = calendar("Lịch", [an_event(on=date(2023, 12, 31)), an_event(on=date(2024, 2, 28))])
    assert [line for line in lines(text) if line.startswith("DT") and "VALUE" in line] == [
        "DTSTART;VALUE=DATE:20231231",
        "DTEND;VALUE=DATE:20240101",
        "DTSTART;VALUE=DATE:20240228",
        "DTEND;VALUE=DATE:20240229",
    ]


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut():
    """Section 3.1 counts octets: a Vietnamese letter has up to three."""
    name = "Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh " * 9
    for shift in range(6):
        text = calendar("Lịch", [an_event(summary="x" * shift + name)])
        folded = text.encode().split(b"\r\n")
        assert max(map(len, folded)) <= 75
        assert max(map(len, folded)) > 70  # it is folded no earlier than it must be
        for line in folded:
            line.decode()
        assert f"SUMMARY:{'x' * shift}{name}" in lines(text)


def test_a_line_of_just_75_octets_is_not_folded():
    assert "\r\n " not in calendar("Lịch", [an_event(summary="x" * (75 - len("SUMMARY:")))])
    assert calendar("Lịch", [an_event(summary="x" * (76 - len("SUMMARY:")))]).count("\r\n ") == 1


def test_what_parts_values_is_escaped():
    """Section 3.3.11: backslash, semicolon, comma and the break of a line; a colon and quotes stay."""
    event = an_event(summary='a\\b; c, d: "e"', description="một\nhai\r\nba\rbốn")
    text = lines(calendar("Lịch", [event]))
    assert 'SUMMARY:a\\\\b\\; c\\, d: "e"' in text
    assert "DESCRIPTION:một\\nhai\\nba\\nbốn" in text


def test_nobody_writes_a_line_of_their_own():
    """A name is data: whatever it holds, it opens no property and no event."""
    event = an_event(summary="Họp\r\nEND:VEVENT\x00\x0b\x1f\x7f\nBEGIN:VALARM")
    text = lines(calendar("a\r\nb", [event]))
    assert [line for line in text if line.startswith(("BEGIN", "END"))] == [
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    assert "SUMMARY:Họp\\nEND:VEVENT\\nBEGIN:VALARM" in text


def test_the_moment_of_a_change_is_told_in_universal_time():
    """DTSTAMP must be in UTC (section 3.8.7.2)."""
    late = datetime(2023, 1, 1, 0, 0, tzinfo=timezone(timedelta(hours=7)))
    text = calendar("Lịch", [an_event(changed_at=late), an_event(changed_at=datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC))])
    assert [line for line in lines(text) if line.startswith("DTSTAMP")] == [
        "DTSTAMP:20221231T170000Z",
        "DTSTAMP:20240506T070809Z",
    ]


def test_a_calendar_without_an_event_is_a_calendar():
    assert lines(calendar("Lịch", []))[0::5] == ["BEGIN:VCALENDAR", "X-WR-CALNAME:Lịch"]
    assert lines(calendar("Lịch", []))[-1] == "END:VCALENDAR"
