"""The second factor: until a code has followed the password, nobody has signed in."""

import contextlib
import re
import threading
from base64 import b32decode
from functools import cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from axes.models import AccessAttempt
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom import secondfactor
from newsroom.models import SecondFactorRule, SiteIdentity, User
from tests.forms import filled
from tests.newsroom.test_role_table import desk_addresses
from tests.newsroom.test_signin import DESK, LOGIN, RIGHT, later, sign_in
from tests.pages import parse
from tests.situations import a_user, staff

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

STEP = reverse("admin:second_step")
FACTOR = reverse("admin:second_factor")
CODES = reverse("admin:second_factor_codes")
OFF = reverse("admin:second_factor_off")
NOON = 1_800_000_015


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The clock of the codes: it stands still, in the middle of a step, unless a test moves it."""
    clock = SimpleNamespace(now=NOON)
    monkeypatch.setattr("django_otp.plugins.otp_totp.models.time", SimpleNamespace(time=lambda: clock.now))
    return clock


def code_of(key: str | TOTPDevice, steps: int = 0) -> str:
    """What a device with `key` (hex) shows at noon, or so many steps later."""
    totp = TOTP(bytes.fromhex(key.key if isinstance(key, TOTPDevice) else key))
    totp.time = NOON + 30 * steps
    return f"{totp.token():06d}"


@pytest.fixture
def lan() -> User:
    """Somebody at the desk who has set a device up."""
    lan = staff("editor", username="lan")
    TOTPDevice.objects.create(user=lan, name="totp")
    return lan


@pytest.fixture
def device(lan: User) -> TOTPDevice:
    return TOTPDevice.objects.get(user=lan)


@pytest.fixture
def half(lan: User) -> Client:
    """A browser in which Lan has given the password."""
    client = Client()
    assert sign_in(client=client).headers["Location"] == STEP
    return client


def whole(device: TOTPDevice, steps: int = 0) -> Client:
    client = Client()
    sign_in(device.user.username, client=client)
    assert client.post(STEP, {"code": code_of(device, steps)}).status_code == 302
    assert client.get(DESK).status_code == 200
    return client


def type_code(client: Client, code: str) -> Any:
    return client.post(STEP, {"code": code}, headers={"accept": "text/html"}, REMOTE_ADDR="203.0.113.9")


def pass_time() -> None:
    """End the pauses of the devices, and nothing else."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.update(throttling_failure_timestamp=None)


# --- The two steps -----------------------------------------------------------------------------


def test_who_has_no_device_signs_in_as_ever():
    a_user("minh", is_staff=True)
    assert sign_in("minh", client=(client := Client())).headers["Location"] == DESK
    assert client.get(DESK).status_code == 200


def test_a_code_follows_the_password(half: Client, device: TOTPDevice):
    assert half.get(DESK).status_code == 302
    assert "sáu chữ số" in half.get(STEP).content.decode()
    assert type_code(half, code_of(device)).headers["Location"] == DESK
    assert half.get(DESK).status_code == 200


def test_a_person_arrives_where_they_wanted_to_go(device: TOTPDevice, client: Client):
    wanted = reverse("admin:articles_article_changelist")
    client.post(LOGIN, {"username": "lan", "password": RIGHT, "next": wanted})
    assert type_code(client, code_of(device)).headers["Location"] == wanted
    client.post(LOGIN, {"username": "lan", "password": RIGHT, "next": "https://noi-khac.example/"})
    assert type_code(client, code_of(device, 1)).headers["Location"] == DESK


@pytest.fixture
def overtaken(lan: User) -> Client:
    """A browser that was signed in with the password alone before the device was there."""
    client = Client()
    client.force_login(lan)
    return client


def told(client: Client, method: str, address: str) -> tuple[int, str | None, bool]:
    """The status of an answer, where it leads, and whether it shows a page of the desk."""
    answer = getattr(client, method)(address)
    return answer.status_code, answer.headers.get("Location"), "user-tools" in answer.content.decode()


@cache
def told_to_nobody(method: str, address: str) -> tuple[int, str | None, bool]:
    return told(Client(), method, address)


@pytest.mark.parametrize("whose", ["half", "overtaken"])
def test_nothing_of_the_desk_opens_before_the_second_step(whose: str, request: pytest.FixtureRequest):
    """Whatever there is at the desk answers as it answers somebody who has not begun to sign in."""
    cookies = request.getfixturevalue(whose).cookies
    pages = {"second_step", "second_factor"}  # for these the person is half there
    names = desk_addresses().keys() - (pages if whose == "half" else set())
    walked, different = set(), []
    for name in names:
        full = desk_addresses()[name]
        for arguments in ([], [1], ["articles"], [1, 1], ["MQ", "made-up"]):
            try:
                address = reverse(full, args=arguments)
            except NoReverseMatch:
                continue
            walked.add(name)
            for method in ("get", "post"):
                client = Client()
                client.cookies = cookies.copy()
                both = told(client, method, address), told_to_nobody(method, address)
                if both[0] != both[1]:
                    different.append((method, name, both))
    assert different == []
    assert walked == names


def test_the_public_site_takes_who_is_half_signed_in_for_a_reader(half: Client):
    assert half.get("/").content == Client().get("/").content


def test_the_session_has_a_new_key_after_each_step(device: TOTPDevice, client: Client):
    session = client.session
    session["planted"] = True
    session.save()
    keys = [session.session_key]
    sign_in(client=client)
    keys.append(client.session.session_key)
    assert "planted" not in client.session
    type_code(client, code_of(device))
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3


def test_between_the_steps_there_is_a_quarter_of_an_hour(half: Client, device: TOTPDevice):
    session = half.session
    session["second_factor_waits"] = {**session["second_factor_waits"], "since": 0}
    session.save()
    assert type_code(half, code_of(device)).headers["Location"] == DESK
    assert half.get(DESK).status_code == 302


@pytest.mark.parametrize("change", [{"password": "một mật khẩu khác"}, {"is_active": False}])
def test_between_the_steps_an_account_that_changes_has_to_begin_anew(
    change: dict[str, Any], half: Client, device: TOTPDevice, lan: User
):
    User.objects.filter(pk=lan.pk).update(**change)
    assert half.get(STEP).status_code == 302
    type_code(half, code_of(device))
    assert half.get(DESK).status_code == 302


# --- Codes -------------------------------------------------------------------------------------


def test_a_code_works_once(half: Client, device: TOTPDevice):
    """Whoever looked over a shoulder must not sign in with what they saw."""
    whole(device)
    assert "đã được dùng" in type_code(half, code_of(device)).content.decode()
    assert half.get(DESK).status_code == 302


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("kind", [TOTPDevice, StaticDevice])
def test_of_two_who_send_a_code_at_the_same_moment_one_gets_in(
    kind: Any, lan: User, device: TOTPDevice, monkeypatch: pytest.MonkeyPatch
):
    code = code_of(device) if kind is TOTPDevice else secondfactor.new_recovery_codes(lan)[0]
    together, verify = threading.Barrier(2, timeout=0.5), kind.verify_token

    def verify_together(self: Any, token: str) -> bool:
        with contextlib.suppress(threading.BrokenBarrierError):
            together.wait()  # where the other is kept waiting outside, this one goes on alone
        return verify(self, token)

    monkeypatch.setattr(kind, "verify_token", verify_together)
    clients = [Client(), Client()]
    for client in clients:
        sign_in(client=client)
    answers: list[int] = []

    def send(client: Client) -> None:
        answers.append(type_code(client, code).status_code)
        connection.close()

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 302]


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(steps: int, is_right: bool, half: Client, device: TOTPDevice):
    assert (type_code(half, code_of(device, steps)).status_code == 302) is is_right


def test_a_slow_clock_does_not_widen_the_window(half: Client, device: TOTPDevice, clock: SimpleNamespace):
    """Otherwise codes of ever earlier steps would become right, one step at a time."""
    type_code(half, code_of(device, -1))
    clock.now += 60
    sign_in(client=(again := Client()))
    assert type_code(again, code_of(device)).status_code == 200


def test_a_code_may_be_typed_as_the_telephone_shows_it(half: Client, device: TOTPDevice):
    code = code_of(device)
    assert type_code(half, f" {code[:3]} {code[3:]} ").status_code == 302


@pytest.mark.parametrize("rubbish", ["", "12345", "１２３４５６", "x" * 41, "\x00", "abc-def"])
def test_rubbish_is_refused_kindly(rubbish: str, half: Client):
    answer = type_code(half, rubbish)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_after_a_wrong_code_one_waits_and_is_told_how_long(half: Client, device: TOTPDevice):
    TOTPDevice.objects.update(throttling_failure_count=3)
    type_code(half, "000000")
    answer = type_code(half, code_of(device))
    assert re.search(r"Hãy chờ [78] giây", answer.content.decode())
    assert half.get(DESK).status_code == 302
    pass_time()
    assert type_code(half, code_of(device)).status_code == 302


@pytest.mark.parametrize("failures", [9, 25])
def test_a_long_pause_is_told_in_minutes_and_does_not_grow_to_days(failures: int, half: Client, device: TOTPDevice):
    """Who knows a password must not shut its owner out for longer than an administrator can see why."""
    TOTPDevice.objects.update(throttling_failure_count=failures)
    type_code(half, "000000")
    assert "Hãy chờ 9 phút" in type_code(half, code_of(device)).content.decode()


def test_wrong_codes_count_with_wrong_passwords(half: Client, device: TOTPDevice):
    """Five failures in all, of either kind, and the account rests at this address: neither step opens."""
    for _ in range(4):
        assert type_code(half, "000000").status_code == 200
        pass_time()
    assert sign_in(password="đoán mò").status_code == 429
    assert type_code(half, code_of(device)).status_code == 429
    assert sign_in().status_code == 429
    later(minutes=16)
    assert type_code(half, code_of(device)).status_code == 302


def test_the_right_password_does_not_wipe_out_wrong_codes(lan: User, device: TOTPDevice):
    """Who has a password could otherwise guess codes for ever, signing in anew after every fourth."""
    for _ in range(4):
        sign_in(client=(client := Client()))
        assert type_code(client, "000000").status_code == 200
        pass_time()
    sign_in(client=(client := Client()))
    assert type_code(client, "000000").status_code == 429


def test_a_wrong_code_is_not_kept(half: Client):
    """It may be a recovery code with one letter wrong."""
    type_code(half, "bcfg-hkmn-pqrt")
    kept = AccessAttempt.objects.get()
    assert "hkmn" not in " ".join(str(getattr(kept, field.attname)) for field in kept._meta.concrete_fields)


# --- Recovery codes ----------------------------------------------------------------------------


def test_a_recovery_code_works_once_in_place_of_a_code(lan: User, device: TOTPDevice):
    code = secondfactor.new_recovery_codes(lan)[3]
    TOTPDevice.objects.update(throttling_failure_count=9)
    sign_in(client=(client := Client()))
    type_code(client, "000000")
    answer = client.post(STEP, {"code": f" {code.upper()} "}, follow=True)
    assert "còn 9 mã" in " ".join(str(message) for message in answer.context["messages"])
    assert client.get(DESK).status_code == 200
    sign_in(client=(again := Client()))
    assert "đã được dùng" in type_code(again, code).content.decode()
    # Who has proven who they are need not go on waiting for the errors before.
    assert type_code(again, code_of(device)).status_code == 302


def test_a_recovery_code_is_of_one_account(lan: User, device: TOTPDevice):
    minh = staff("writer", username="minh")
    secondfactor.new_recovery_codes(lan)
    sign_in(client=(client := Client()))
    assert type_code(client, secondfactor.new_recovery_codes(minh)[0]).status_code == 200


def test_recovery_codes_are_not_kept_in_clear(lan: User):
    """Whoever reads a backup must not find the way in."""
    codes = secondfactor.new_recovery_codes(lan)
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert len(set(codes)) == len(kept) == 10
    assert not kept & {code.replace("-", "") for code in codes}


def test_a_vietnamese_keyboard_changes_no_recovery_code(lan: User):
    """Telex makes â of aa, đ of dd, ư of w: none of these letters is in a code, nor one that looks like a digit."""
    letters = "".join(secondfactor.new_recovery_codes(lan))
    assert not set(letters) & set("aeiouydwlj01s5")


# --- Setting it up -----------------------------------------------------------------------------


@pytest.fixture
def minh() -> User:
    return staff("writer", username="minh")


@pytest.fixture
def at_desk(minh: User) -> Client:
    client = Client()
    client.force_login(minh)
    return client


def key_on(answer: Any) -> str:
    """The key that a page shows, as hex."""
    fours = re.search(r'class="key"[^>]*>(.*?)</p>', answer.content.decode())
    assert fours
    return b32decode("".join(re.findall(r"<span>(\w{4})</span>", fours[1]))).hex()


def test_a_device_is_set_up_with_the_password_and_its_first_code(at_desk: Client, minh: User):
    page = at_desk.get(FACTOR)
    assert "no-store" in page["Cache-Control"]
    assert "<svg" in page.content.decode()
    answer = at_desk.post(FACTOR, {"password": RIGHT, "code": code_of(key_on(page))})
    codes = answer.context["codes"]
    assert len(codes) == 10 and all(code in answer.content.decode() for code in codes)
    assert "no-store" in answer["Cache-Control"]
    assert at_desk.get(DESK).status_code == 200
    assert "10 mã khôi phục" in at_desk.get(FACTOR).content.decode()
    sign_in("minh", client=(client := Client()))
    assert type_code(client, codes[0]).status_code == 302


def test_the_code_that_confirmed_a_device_does_not_sign_in(at_desk: Client, minh: User):
    code = code_of(key_on(at_desk.get(FACTOR)))
    at_desk.post(FACTOR, {"password": RIGHT, "code": code})
    sign_in("minh", client=(client := Client()))
    assert type_code(client, code).status_code == 200


def test_a_device_ends_the_sessions_that_had_only_the_password(at_desk: Client, minh: User):
    elsewhere = Client()
    elsewhere.force_login(minh)
    at_desk.post(FACTOR, {"password": RIGHT, "code": code_of(key_on(at_desk.get(FACTOR)))})
    assert elsewhere.get(DESK).status_code == 302
    assert sign_in("minh", client=elsewhere).headers["Location"] == STEP


def test_without_the_password_no_device_is_set_up(at_desk: Client, minh: User):
    """A desk that somebody left open must not lend itself to this."""
    for password in ("", "đoán mò"):
        code = code_of(key_on(at_desk.get(FACTOR)))
        assert at_desk.post(FACTOR, {"password": password, "code": code}).status_code == 200
    assert not TOTPDevice.objects.exists()
    assert AccessAttempt.objects.get().failures_since_start == 1


def test_a_wrong_first_code_leaves_the_key_where_it_was(at_desk: Client, minh: User):
    """The telephone has it by now; a code of it is right at the second try."""
    first = key_on(at_desk.get(FACTOR))
    again = at_desk.post(FACTOR, {"password": RIGHT, "code": "000000"})
    assert key_on(again) == first
    assert not TOTPDevice.objects.exists()
    assert "codes" in at_desk.post(FACTOR, {"password": RIGHT, "code": code_of(first)}).context
    fresh = Client()
    fresh.force_login(staff("writer"))
    assert key_on(fresh.get(FACTOR)) != key_on(fresh.get(FACTOR))


def test_the_key_says_of_whom_and_of_which_site_it_is(minh: User):
    SiteIdentity(name="Trang: “Thử” & Nghiệm").save()
    address = urlsplit(secondfactor.key_address("00" * 20, minh))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert unquote(address.path) == "/Trang  “Thử” & Nghiệm:minh"
    assert parse_qs(address.query) == {"secret": ["A" * 32], "issuer": ["Trang  “Thử” & Nghiệm"]}


def test_new_recovery_codes_replace_the_old_and_ask_for_the_password(lan: User, device: TOTPDevice):
    old = secondfactor.new_recovery_codes(lan)
    client = whole(device)
    assert client.post(CODES, {"password": "đoán mò"}).status_code == 200
    assert secondfactor.recovery_codes_left(lan) == 10
    new = client.post(CODES, {"password": RIGHT}).context["codes"]
    assert not set(old) & set(new)
    sign_in(client=(client := Client()))
    assert type_code(client, old[0]).status_code == 200
    pass_time()
    assert type_code(client, new[0]).status_code == 302


def test_switching_off_takes_the_password_and_a_code(lan: User, device: TOTPDevice):
    client, elsewhere = whole(device, -1), whole(device, 0)
    for wrong in ({"password": "đoán mò", "code": code_of(device, 1)}, {"password": RIGHT, "code": "000000"}):
        assert client.post(OFF, wrong).status_code == 200
    assert secondfactor.standing(lan).device
    pass_time()
    answer = client.post(OFF, {"password": RIGHT, "code": code_of(device, 1)}, follow=True)
    assert secondfactor.standing(lan).device is None
    assert answer.request["PATH_INFO"] == FACTOR
    assert client.get(DESK).status_code == 200
    assert elsewhere.get(DESK).status_code == 302
    assert sign_in(client=elsewhere).headers["Location"] == DESK
    assert elsewhere.get(DESK).status_code == 200


# --- Where a role asks for it ------------------------------------------------------------------


@pytest.fixture
def required() -> None:
    SecondFactorRule.objects.create(group=Group.objects.get(role__role="writer"))


def test_an_administrator_requires_it_of_a_group():
    client, group = Client(), Group.objects.get(role__role="writer")
    client.force_login(staff("administrator"))
    page = reverse("admin:auth_group_change", args=[group.pk])
    granted = set(group.permissions.all())
    client.post(page, filled(client.get(page), asks_second_factor="on"))
    assert group.second_factor_rule
    assert set(group.permissions.all()) == granted
    form = filled(client.get(page))
    assert form.pop("asks_second_factor") == "on"
    client.post(page, form)
    assert not SecondFactorRule.objects.exists()
    assert LogEntry.objects.filter(object_id=str(group.pk)).count() == 2


def test_whose_role_asks_for_a_device_sets_one_up_before_anything_else(required: None, minh: User):
    client = Client()
    assert sign_in("minh", client=client).headers["Location"] == FACTOR
    for closed in (DESK, reverse("admin:password_change"), CODES, OFF):
        assert client.get(closed).status_code == 302
    page = client.get(FACTOR)
    assert "Vai trò của bạn" in page.content.decode()
    assert "user-tools" not in page.content.decode()
    before = client.session.session_key
    answer = client.post(FACTOR, {"code": code_of(key_on(page))})
    assert answer.context["then"] == DESK
    assert client.session.session_key != before
    assert client.get(DESK).status_code == 200


def test_a_rule_holds_for_who_is_signed_in_already(at_desk: Client, minh: User, required: None):
    assert at_desk.get(DESK).status_code == 302
    assert at_desk.get(FACTOR).headers["Location"].startswith(LOGIN)
    assert sign_in("minh", client=at_desk).headers["Location"] == FACTOR


def test_a_rule_is_of_its_group_alone(required: None):
    staff("editor", username="hoa")
    assert sign_in("hoa").headers["Location"] == DESK


def test_where_it_is_required_another_device_follows_at_once(required: None, minh: User):
    device = TOTPDevice.objects.create(user=minh, name="totp")
    client = whole(device)
    answer = client.post(OFF, {"password": RIGHT, "code": code_of(device, 1)}, follow=True)
    assert client.get(DESK).status_code == 302
    client.post(FACTOR, {"code": code_of(key_on(answer))})
    assert client.get(DESK).status_code == 200


# --- A lost device -----------------------------------------------------------------------------


def takeoff(account: User) -> str:
    return reverse("admin:newsroom_user_takeoff", args=[account.pk])


def test_an_administrator_takes_a_lost_device_off_and_it_is_logged(lan: User, device: TOTPDevice):
    secondfactor.new_recovery_codes(lan)
    thief, client = whole(device), Client()
    client.force_login(staff("administrator"))
    assert takeoff(lan) in client.get(reverse("admin:newsroom_user_change", args=[lan.pk])).content.decode()
    assert client.get(takeoff(lan)).status_code == 200
    assert TOTPDevice.objects.exists()
    client.post(takeoff(lan))
    assert not TOTPDevice.objects.exists() and not StaticToken.objects.exists()
    assert LogEntry.objects.get(object_id=str(lan.pk)).get_change_message() == "Đã gỡ xác thực hai bước."
    assert thief.get(DESK).status_code == 302
    assert sign_in(client=thief).headers["Location"] == DESK


def test_nobody_takes_off_their_own_device_without_a_code():
    boss = staff("administrator", username="khanh")
    client = whole(TOTPDevice.objects.create(user=boss, name="totp"))
    assert client.post(takeoff(boss)).headers["Location"] == FACTOR
    assert TOTPDevice.objects.exists()


def test_an_administrator_does_not_touch_the_device_of_a_superuser():
    root = a_user(is_staff=True, is_superuser=True)
    TOTPDevice.objects.create(user=root, name="totp")
    client = Client()
    client.force_login(staff("administrator"))
    assert client.post(takeoff(root)).status_code == 403
    assert TOTPDevice.objects.exists()


def test_no_key_and_no_code_is_anywhere_at_the_desk(lan: User, device: TOTPDevice):
    """Who keeps the accounts must not be able to sign in as their people."""
    assert not [model for model in admin.site._registry if model._meta.app_label.startswith("otp_")]
    client = Client()
    client.force_login(a_user(is_staff=True, is_superuser=True))
    for page in (
        reverse("admin:newsroom_user_change", args=[lan.pk]),
        reverse("admin:newsroom_user_history", args=[lan.pk]),
        takeoff(lan),
        reverse("admin:auth_group_add"),
        DESK,
    ):
        text = client.get(page).content.decode()
        assert device.key not in text and secondfactor.written_key(device.key) not in text
        assert "otp_" not in text.lower()


def test_permissions_over_devices_are_not_on_offer():
    client = Client()
    client.force_login(a_user(is_staff=True, is_superuser=True))
    form = client.get(reverse("admin:auth_group_add")).context["adminform"].form
    offered = form.fields["permissions"].queryset
    assert not offered.filter(content_type__app_label__startswith="otp_").exists()
    assert offered.count() > Permission.objects.count() / 2


def test_who_lifts_a_lock_ends_the_pause_of_the_device_too(half: Client, device: TOTPDevice):
    TOTPDevice.objects.update(throttling_failure_count=12)
    type_code(half, "000000")
    client = Client()
    client.force_login(staff("administrator"))
    chosen = AccessAttempt.objects.get().pk
    client.post(
        reverse("admin:axes_accessattempt_changelist"), {"action": "lift", "_selected_action": [chosen]}, follow=True
    )
    assert type_code(half, code_of(device)).status_code == 302


def test_the_keeper_takes_a_device_off_and_is_told_what_follows(
    lan: User, device: TOTPDevice, capsys: pytest.CaptureFixture[str]
):
    client = whole(device)
    call_command("reset_second_factor", "lan")
    assert "signs in with the password alone" in capsys.readouterr().out
    assert client.get(DESK).status_code == 302
    call_command("reset_second_factor", "lan")
    assert "nothing was changed" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no account 'khong-co'"):
        call_command("reset_second_factor", "khong-co")
    SecondFactorRule.objects.create(group=lan.groups.get())
    TOTPDevice.objects.create(user=lan, name="totp")
    call_command("reset_second_factor", "lan")
    assert "led to set up another" in capsys.readouterr().out


def test_the_pages_bring_no_style_no_script_and_no_other_host(half: Client, lan: User, device: TOTPDevice, minh: User):
    """The drawing of the key is part of the page, and a strict policy of the browser lets it be."""
    parse(half.get(STEP).content.decode())
    client, other = whole(device), Client()
    other.force_login(minh)
    for browser, page in ((client, FACTOR), (client, CODES), (client, OFF), (other, FACTOR)):
        parse(browser.get(page).content.decode())
    parse(client.post(CODES, {"password": RIGHT}).content.decode())
