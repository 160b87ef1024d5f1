#!/usr/bin/env python3
"""Usage: tests/recorder_check.py RECORDER

Starts the example program `recorder` and holds it against the manual, over real HTTP: sign-in, permissions, objects, paging, searches
(against an evaluation of its own), muting, files and signed URLs, refusals."""

import base64
import datetime
import fnmatch
import json
import pathlib
import re
import sys
import time
import urllib.parse
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import checks
from stand_in import Server, equal, expect, finish

ROOT_ACCOUNT = ("apiuser", "secret")
FLEXUS_ADMIN, FLEXUS_MANAGER, FLEXUS_AGENT = (("flexus." + name, "secret") for name in ("admin", "manager", "agent"))
UTC = datetime.timezone.utc


class Recorder(Server):
    def send(self, method, target, body=None, account=ROOT_ACCOUNT, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if account:
            headers["Authorization"] = "Basic " + base64.b64encode(":".join(account).encode()).decode()
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
        return self.request(method, target, body, headers)

    def get(self, target, **more):
        return self.send("GET", target, **more)

    def pages(self, target, **more):
        """All pages from there on, each as a dictionary."""
        pages = []
        while target:
            answer = self.get(target, **more)
            expect(answer.status == 200, f"{target}: {answer.status} {answer.body[:200]}")
            pages.append(answer.json)
            target = pages[-1]["next_url"]
        return pages

    def rows(self, target, key, **more):
        return [row for page in self.pages(target, **more) for row in page[key]]

    def calls(self, query="", **more):
        return self.rows("/api/v2/calls.json?limit=1000" + ("&" + query if query else ""), "calls", **more)

    def create(self, kind, plural, values, **more):
        answer = self.send("POST", f"/api/v2/{plural}.json", {kind: values}, **more)
        expect(answer.status == 201, f"creating {kind}: {answer.status} {answer.body}")
        expect(answer.headers["Location"] == answer.json["url"], "Location and url differ")
        found = re.fullmatch(rf"/api/v2/{plural}/([0-9a-f-]{{36}})\.json", answer.headers["Location"])
        expect(found, answer.headers["Location"])
        return found[1]

    def state(self):
        return self.get("/stand-in/state.json", account=None).json


def is_plain(answer, status):
    equal((answer.status, answer.type), (status, "text/plain"), answer.body)


def is_refused(answer, status, code, *fields):
    equal((answer.status, answer.type), (status, "application/json"), answer.body)
    equal(answer.json["error"], code)
    equal(sorted(answer.details), sorted(fields), answer.body)


# --- What is checked. Each function gets a recorder with 400 calls.


def sign_in(server):
    for account in (None, ("apiuser", "wrong"), ("nobody", "secret"), ("", ""), ("flexus.nobody", "")):
        answer = server.get("/api/v2/users.json", account=account)
        is_plain(answer, 401)
        expect(answer.headers["WWW-Authenticate"].startswith("Basic "), "no WWW-Authenticate")
    is_plain(server.get("/api/v2/nothing.json", account=None), 401)
    is_plain(server.send("GET", "/api/v2/users.json", account=None, Authorization="Basic %%%"), 401)
    equal(server.get("/api/v2/users.json").status, 200)
    equal(server.get("/api/v2/users.json", account=FLEXUS_ADMIN).status, 200)


def tenant_of_the_manual(server):
    """The story of the manual, 4.1."""
    licences = {"license_mode": "fixed", "recording_seats": 50, "evaluation_seats": -1}
    tenant = server.create("tenant", "tenants", {"name": "Acme Tenant", "encrypt_data": False, "fieldset_licensing": licences})
    shown = server.get(f"/api/v2/tenants/{tenant}.json").json["tenant"]
    equal(shown["fieldset_licensing"], {"recording_seats": 50, "evaluation_seats": None}, "license_mode is not returned")
    role = server.create("role", "roles", {"name": "Agent Role", "access_level": "user", "tenant_id": tenant,
                                           "permissions": {"calls_own": ["view"], "call_notes": []}})
    equal(server.get(f"/api/v2/roles/{role}.json").json["role"]["permissions"], {"calls_own": ["view"], "call_notes": []})
    group = server.create("group", "groups", {"name": "Agents Group", "tenant_id": tenant})
    user = {"name": "Peter \"P\" Łuk\\as", "is_active": True, "role_id": role, "group_id": group, "managed_groups": [group],
            "timezone": "Europe/London", "fieldset_recording": {"extensions": ["2001", "+2002"], "record": "always",
                                                               "record_direction": ["in", "out"]},
            "fieldset_login": {"can_login": True, "login": "peter", "password": "s3cret:ü", "authenticate_type": "password"},
            "fieldset_licensing": {"recording_seat": True}, "something_new": [1, {"a": None}]}
    peter = server.create("user", "users", user)
    target = f"/api/v2/users/{peter}.json"
    expected = {**user, "user_id": peter, "fieldset_login": {k: v for k, v in user["fieldset_login"].items() if k != "password"}}
    del expected["something_new"]
    equal(server.get(target).json["user"], expected)
    expect(b"s3cret" not in server.get("/api/v2/users.json?limit=1000").body, "a password is returned")
    equal(server.get("/api/v2/calls.json", account=("peter", "s3cret:ü")).json["calls"], [])
    is_plain(server.get("/api/v2/users.json", account=("peter", "s3cret:ü")), 403)

    # An update is a merge, in nested objects too; null is a value.
    change = {"timezone": None, "fieldset_login": {"must_change_password": True}, "managed_groups": []}
    answer = server.send("PUT", target, {"user": {**change, "user_id": "x"}})
    equal(answer.status, 200, answer.body)
    expected["fieldset_login"]["must_change_password"] = True
    expected.update(timezone=None, managed_groups=[])
    equal(server.get(target).json["user"], expected)
    equal(server.get("/api/v2/calls.json", account=("peter", "s3cret:ü")).status, 200, "the password was lost")
    server.send("PUT", target, {"user": {"is_active": False}})
    is_plain(server.get("/api/v2/calls.json", account=("peter", "s3cret:ü")), 401)
    server.send("PUT", target, {"user": {"is_active": True, "fieldset_login": {"valid_till": "2020-01-01T00:00:00-07:00"}}})
    is_plain(server.get("/api/v2/calls.json", account=("peter", "s3cret:ü")), 401)

    # The manual prints this path in the singular (D-11). Everything of the tenant goes with it.
    equal(server.send("DELETE", f"/api/v2/tenant/{tenant}.json").status, 200)
    for gone in (f"tenants/{tenant}", f"roles/{role}", f"groups/{group}", f"users/{peter}"):
        equal(server.get(f"/api/v2/{gone}.json").status, 404, gone)


def unique_names(server):
    tenant = server.get("/api/v2/tenants.json?search_term=flexus").json["tenants"][0]["tenant_id"]
    other = server.get("/api/v2/tenants.json?search_term=globex").json["tenants"][0]["tenant_id"]
    is_refused(server.send("POST", "/api/v2/tenants.json", {"tenant": {"name": "Flexus"}}), 400, "InvalidRecord", "name")
    for kind, plural, values in (("group", "groups", {"name": "Twice"}), ("role", "roles", {"name": "Twice"}),
                                 ("user", "users", {"name": "Twice"}),
                                 ("client", "clients", {"name": "Twice", "contacts": [{"phone_number": "1"}]}),
                                 ("encrypt_key", "encrypt_keys", {"name": "Twice", "add_type": "generate"}),
                                 ("custom_field", "custom_fields", {"name": "Twice", "enable": True, "type": "string"})):
        first = server.create(kind, plural, {**values, "tenant_id": tenant})
        answer = server.send("POST", f"/api/v2/{plural}.json", {kind: {**values, "tenant_id": tenant}})
        is_refused(answer, 400, "InvalidRecord", "name")
        expect("with such name exists already" in answer.details["name"], answer.details)
        second = server.create(kind, plural, {**values, "tenant_id": other})
        third = server.create(kind, plural, {**values, "name": "Other", "tenant_id": tenant})
        is_refused(server.send("PUT", f"/api/v2/{plural}/{third}.json", {kind: {"name": "Twice"}}), 400, "InvalidRecord", "name")
        equal(server.send("PUT", f"/api/v2/{plural}/{first}.json", {kind: {"name": "Twice"}}).status, 200)
        is_refused(server.send("POST", f"/api/v2/{plural}.json", {kind: {**values, "name": ""}}), 400, "InvalidRecord", "name")
        for made in (first, second, third):
            equal(server.send("DELETE", f"/api/v2/{plural}/{made}.json").status, 200)
            equal(server.send("DELETE", f"/api/v2/{plural}/{made}.json").status, 404)
    nobody = str(uuid.uuid4())
    wrong = {"name": "X", "role_id": nobody, "group_id": nobody, "managed_groups": [nobody],
             "fieldset_login": {"can_login": True, "login": "apiuser", "authenticate_type": "magic"},
             "fieldset_recording": {"record": "sometimes"}}
    is_refused(server.send("POST", "/api/v2/users.json", {"user": wrong}), 400, "InvalidRecord", "role_id", "group_id",
               "managed_groups[0]", "fieldset_login.login", "fieldset_login.authenticate_type", "fieldset_recording.record")
    is_refused(server.send("POST", "/api/v2/clients.json", {"client": {"name": "X"}}), 400, "InvalidRecord", "contacts")


def permissions(server):
    is_plain(server.get("/api/v2/users.json", account=FLEXUS_AGENT), 403)
    is_plain(server.send("POST", "/api/v2/groups.json", {"group": {"name": "G"}}, account=FLEXUS_MANAGER), 403)
    is_plain(server.send("POST", "/api/v2/tenants.json", {"tenant": {"name": "T"}}, account=FLEXUS_ADMIN), 403)
    users = {user["user_id"]: user for user in server.rows("/api/v2/users.json?limit=1000", "users")}
    by_login = {user["fieldset_login"].get("login"): user for user in users.values()}
    calls = server.calls()

    def ids(call):
        return {side["user_id"] for side in call["participants"]} & set(users)

    agent = by_login["flexus.agent"]["user_id"]
    own = [call["call_id"] for call in calls if agent in ids(call)]
    expect(own, "the agent has no calls")
    equal([call["call_id"] for call in server.calls(account=FLEXUS_AGENT)], own, "calls of the agent")
    strange = next(call["call_id"] for call in calls if agent not in ids(call))
    equal(server.get(f"/api/v2/calls/{strange}.json", account=FLEXUS_AGENT).status, 404)
    equal(server.get(f"/api/v2/calls/{own[0]}.json", account=FLEXUS_AGENT).status, 200)
    is_plain(server.send("DELETE", f"/api/v2/calls/{own[0]}.json", account=FLEXUS_AGENT), 403)

    manager = by_login["flexus.manager"]
    managed = {user for user in users if users[user].get("group_id") in manager["managed_groups"]} | {manager["user_id"]}
    equal([call["call_id"] for call in server.calls(account=FLEXUS_MANAGER)],
          [call["call_id"] for call in calls if ids(call) & managed], "calls of the manager")
    equal({user["user_id"] for user in server.rows("/api/v2/users.json", "users", account=FLEXUS_MANAGER)}, managed)

    tenant = server.get("/api/v2/tenants.json?search_term=flexus").json["tenants"][0]["tenant_id"]
    equal([call["call_id"] for call in server.calls(account=FLEXUS_ADMIN)],
          [call["call_id"] for call in calls if call["tenant_id"] == tenant], "calls of the tenant")
    equal({user["user_id"] for user in server.rows("/api/v2/users.json", "users", account=FLEXUS_ADMIN)},
          {user["user_id"] for user in server.rows(f"/api/v2/users.json?tenant_id={tenant}", "users")})
    equal(len(server.rows("/api/v2/tenants.json", "tenants", account=FLEXUS_ADMIN)), 1)
    equal(server.get(f"/api/v2/users/{by_login['globex.agent']['user_id']}.json", account=FLEXUS_ADMIN).status, 404)
    root_role = by_login["apiuser"]["role_id"]
    is_refused(server.send("POST", "/api/v2/users.json", {"user": {"name": "Climber", "role_id": root_role}}, account=FLEXUS_ADMIN),
               400, "InvalidRecord", "role_id")
    is_plain(server.send("POST", "/api/v2/roles.json", {"role": {"name": "R", "access_level": "root"}}, account=FLEXUS_ADMIN), 403)


def paging(server):
    everything = server.calls()
    equal(len(everything), 400)
    equal(everything, sorted(everything, key=lambda call: call["setup_time"]), "order")
    equal(len(server.get("/api/v2/calls.json").json["calls"]), 20, "default limit")
    for query in ("limit=7", "limit=50", "limit=400", "limit=399&sort_order=asc", "limit=30&max_total_calc=100",
                  "limit=50&max_total_calc=1000", "limit=100&max_total_calc=300", "limit=100&max_total_calc=299"):
        parameters = urllib.parse.parse_qs(query)
        limit = int(parameters["limit"][0])
        ahead = int(parameters.get("max_total_calc", ["0"])[0])
        pages = server.pages("/api/v2/calls.json?" + query)
        equal([call for page in pages for call in page["calls"]], everything, query)
        for number, page in enumerate(pages):
            behind = max(0, 400 - limit * (number + 1))
            equal(page["next_url"] is None, behind == 0, query)
            equal(page.get("total"), 400 if behind == 0 or behind <= ahead else None, f"{query}, page {number}")
    equal(server.calls("sort_order=desc"), everything[::-1])
    behind = server.get("/api/v2/calls.json?start=1000").json
    equal((behind["calls"], behind["next_url"], behind["total"]), ([], None, 400))
    for query, name in (("limit=1001", "limit"), ("limit=0", "limit"), ("limit=-1", "limit"), ("max_total_calc=1001", "max_total_calc"),
                        ("sort_order=up", "sort_order"), ("start=x", "start"), ("daterange=2014", "daterange"), ("lmit=3", "lmit")):
        is_refused(server.get("/api/v2/calls.json?" + query), 400, "InvalidRecord", name)
    names = [user["name"] for user in server.rows("/api/v2/users.json?limit=5", "users")]
    equal(names, sorted(names, key=lambda name: name.encode()), "order of users")
    next_url = server.get("/api/v2/calls.json?limit=1&search_term=5%2B%20%26").json["next_url"]
    equal(next_url, None)
    next_url = server.get("/api/v2/calls.json?limit=1&advanced_search=1&phone_number__pattern=%25555%25").json["next_url"]
    equal(next_url, "/api/v2/calls.json?limit=1&start=1&advanced_search=1&phone_number__pattern=%25555%25")


def when(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z") if text else None


def like(value, pattern):
    glob = "".join({"%": "*", "_": "?"}.get(c, f"[{c}]" if c in "*?[" else c) for c in pattern)
    return fnmatch.fnmatchcase(value, glob)


def searches(server):
    calls = server.calls()
    users = {user["user_id"]: user for user in server.rows("/api/v2/users.json?limit=1000", "users")}
    clients = server.rows("/api/v2/clients.json", "clients")

    def people(call):
        return [users[side["user_id"]] for side in call["participants"] if side["user_id"] in users]

    def both(name):
        return lambda call: [call.get("from_" + name) or "", call.get("to_" + name) or ""]

    def one(name):
        return lambda call: [call.get(name) or ""]

    values = {
        "phone_number": both("number"), "phone_name": both("name"), "phone_id": both("id"), "phone_ip_address": both("ip"),
        "phone_number_from": one("from_number"), "phone_name_to": one("to_name"), "phone_id_to": one("to_id"),
        "phone_ip_address_from": one("from_ip"), "pbx_call_id": one("protocol_call_id"), "call_id": one("call_id"),
        "broadworks_group_id": one("broadworks_group_id"), "broadworks_user_id": one("broadworks_user_id"),
        "cisco_phone_ip": one("cisco_phone_ip"), "metaswitch_user": one("metaswitch_user"), "agent_name": one("agent_name"),
        "cisco_refci": lambda call: [call.get("cisco_nearend_refci", ""), call.get("cisco_farend_refci", "")],
        "redirected_from_number": lambda call: [call.get("transferred_from_number") or call.get("redirected_from_number", "")],
        "redirected_to_number": lambda call: [call.get("transferred_to_number") or call.get("redirected_to_number", "")],
        "user_name": lambda call: [user["name"] for user in people(call)],
        "file_path": lambda call: [file["file_path"] for file in call.get("files", [])],
        "orig_dialed_number": lambda call: [],
        "user_id": lambda call: [user["user_id"] for user in people(call)],
        "group_id": lambda call: [user.get("group_id") for user in people(call)],
        "tenant_id": one("tenant_id"), "category_id": lambda call: [],
        "client_id": lambda call: [client["client_id"] for client in clients for contact in client["contacts"]
                                   if contact["phone_number"] in (call["from_number"], call["to_number"])],
        "direction": lambda call: [str(call["protocol_call_direction"])], "voip_protocol": lambda call: [str(call["voip_protocol"])],
        "call_state": lambda call: [str(call["call_state"])], "record_state": lambda call: [str(call["record_state"])],
    }
    operators = {
        "equal_to": lambda found, word: word in found, "not_equal_to": lambda found, word: word not in found,
        "is": lambda found, word: word in found, "is_not": lambda found, word: word not in found,
        "starts_with": lambda found, word: any(value.startswith(word) for value in found),
        "ends_with": lambda found, word: any(value.endswith(word) for value in found),
        "includes": lambda found, word: any(word in value for value in found),
        "is_empty": lambda found, _: not any(found), "not_empty": lambda found, _: any(found),
        "pattern": lambda found, word: any(like(value, word) for value in found),
        "regex": lambda found, word: any(re.search(word, value) for value in found),
    }
    found_some = 0

    def compare(query, wanted):
        nonlocal found_some
        expected = [call["call_id"] for call in calls if wanted(call)]
        got = [call["call_id"] for call in server.calls(query)]
        expect(got == expected, f"{query}: {len(got)} calls, {len(expected)} expected")
        found_some += 0 < len(expected) < len(calls)

    def quoted(text):
        return urllib.parse.quote(text, safe="")

    sample = calls[17]
    outside = next(number for number in (sample["from_number"], sample["to_number"]) if len(number) > 4)
    user = people(sample)[0]
    words = {"pattern": ["%" + outside[-3:], outside[:-2] + "__", "____", "%"], "regex": [r"^\+1(408|415)", r"[0-3]{4}$", "(a|b)+"],
             "starts_with": ["+", "20", "sip:"], "ends_with": ["5", ".wav", "example"], "includes": ["555", "ö", "\\", '"', "User"]}
    for name, of in values.items():
        some = next((value for call in calls for value in of(call) if value), "nothing")
        is_set = name in ("user_id", "group_id", "tenant_id", "category_id", "client_id", "direction", "voip_protocol", "call_state",
                          "record_state")
        exact = name in ("call_id", "cisco_refci")
        names = ["is", "is_not"] if is_set else ["is", "is_not", "is_empty", "not_empty"] if exact else \
            [operator for operator in operators if operator not in ("is", "is_not")]
        for operator in names:
            for word in [some] if operator.startswith(("is", "not", "equal")) else words[operator] + [some.replace("+", "")][:operator != "regex"]:
                compare(f"advanced_search=1&{name}__{operator}={quoted(word)}",
                        lambda call, of=of, operator=operator, word=word: operators[operator](of(call), word))

    def length(call):
        return (when(call["disconnect_time"]) - when(call["setup_time"])).total_seconds() if call["disconnect_time"] else None

    for query, wanted in (("greater_than=300", lambda s: s > 300), ("lower_than=01:00", lambda s: s < 60),
                          ("between=00:30-10:00", lambda s: 30 <= s <= 600), ("between=60%20-%20120", lambda s: 60 <= s <= 120)):
        compare("advanced_search=1&duration__" + query, lambda call: length(call) is not None and wanted(length(call)))

    middle = when(calls[200]["setup_time"])
    later = when(calls[300]["setup_time"])

    def stamp(moment):
        return quoted(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"))

    for query, wanted in (("older_than=" + stamp(middle), lambda t: t < middle), ("newer_than=" + stamp(middle), lambda t: t > middle),
                          (f"between={stamp(middle)}%2F{stamp(later)}", lambda t: middle <= t <= later),
                          ("older_than_minutes=60000", lambda t: datetime.datetime.now(UTC) - t >= datetime.timedelta(minutes=60000)),
                          ("newer_than_minutes=60", lambda t: datetime.datetime.now(UTC) - t < datetime.timedelta(minutes=60))):
        compare("advanced_search=1&datetime__" + query, lambda call: wanted(when(call["setup_time"])))

    def day(moment):
        return quoted(moment.strftime("%Y/%m/%d"))

    for query, wanted in (("equal_to=" + day(middle), lambda t: t.date() == middle.date()),
                          ("older_than=" + day(middle), lambda t: t.date() < middle.date()),
                          ("newer_than=" + day(middle), lambda t: t.date() > middle.date()),
                          (f"between={day(middle)}%20-%20{day(later)}", lambda t: middle.date() <= t.date() <= later.date()),
                          ("older_than_days=30", lambda t: datetime.datetime.now(UTC) - t >= datetime.timedelta(days=30)),
                          ("newer_than_days=30", lambda t: datetime.datetime.now(UTC) - t < datetime.timedelta(days=30))):
        compare("advanced_search=1&date__" + query, lambda call: wanted(when(call["setup_time"])))
    compare(f"daterange={day(middle)}-{day(later)}", lambda call: middle.date() <= when(call["setup_time"]).date() <= later.date())
    compare(f"daterange={day(middle)}", lambda call: middle.date() == when(call["setup_time"]).date())

    # Days are those of the API user's zone; Globex is two hours ahead.
    zone = datetime.timezone(datetime.timedelta(hours=2))
    globex = server.calls(account=("globex.admin", "secret"))
    equal([call["call_id"] for call in server.calls(f"daterange={day(middle)}", account=("globex.admin", "secret"))],
          [call["call_id"] for call in globex if when(call["setup_time"]).astimezone(zone).date() == middle.date()], "zone")

    compare("advanced_search=1&confidential__is_true=1", lambda call: any(u.get("fieldset_recording", {}).get("confidential") for u in people(call)))
    compare("advanced_search=1&confidential__is_false=1",
            lambda call: not any(u.get("fieldset_recording", {}).get("confidential") for u in people(call)))
    noted = [call["call_id"] for call in server.calls("advanced_search=1&notes__not_empty=1")]
    expect(noted, "no call has notes")
    for query, wanted in (("notes_count__equal_to=1", True), ("notes_count__greater_than=0.5", True), ("notes_count__lower_than=1", False),
                          ("notes_count__between=0-0", False), ("notes_count__not_equal_to=0", True), ("notes__is_empty=1", False)):
        compare("advanced_search=1&" + query, lambda call: (call["call_id"] in noted) == wanted)
    compare("advanced_search=1&notes_count__not_empty=1", lambda call: True)
    compare("advanced_search=1&evaluation_report_score__is_empty=1", lambda call: True)
    compare("advanced_search=1&evaluation_report_score__greater_than=0", lambda call: False)

    compare("user_id=" + user["user_id"], lambda call: user in people(call))
    compare("user_login=flexus.agent", lambda call: any(u["fieldset_login"].get("login") == "flexus.agent" for u in people(call)))
    compare("group_id=" + user["group_id"], lambda call: any(u.get("group_id") == user["group_id"] for u in people(call)))
    compare("tenant_id=" + sample["tenant_id"], lambda call: call["tenant_id"] == sample["tenant_id"])
    compare("broadworks_group_id=GroupA", lambda call: call.get("broadworks_group_id") == "GroupA")
    compare("active_only=1", lambda call: call["disconnect_time"] is None)
    compare("category_id=" + str(uuid.uuid4()), lambda call: False)
    notes = {call["call_id"] for call in server.calls("advanced_search=1&notes__regex=" + quoted("(A|a)cme"))}
    compare("search_term=aCmE", lambda call: call["call_id"] in notes or any("acme" in text.lower() for text in
            both("number")(call) + both("name")(call)))
    compare(f"advanced_search=1&phone_number__includes=555&voip_protocol__is=13&user_id__is_not={user['user_id']}",
            lambda call: call["voip_protocol"] == 13 and user not in people(call) and
            any("555" in number for number in both("number")(call)))
    compare("advanced_search=1&direction__is=inbound", lambda call: call["protocol_call_direction"] == 2)
    expect(found_some > 60, f"only {found_some} searches found some but not all calls")

    for query, name in (("phone_number__regex=(", "phone_number__regex"), ("shoe_size__equal_to=1", "shoe_size"),
                        ("date__includes=1", "date"), ("phone_number__sounds_like=1", "phone_number__sounds_like"),
                        ("duration__greater_than=x", "duration__greater_than")):
        is_refused(server.get("/api/v2/calls.json?advanced_search=1&" + query), 400, "InvalidRecord", name)
    started = time.monotonic()
    equal(server.get("/api/v2/calls.json?advanced_search=1&protocol__regex=1").status, 400)
    equal(server.get("/api/v2/calls.json?advanced_search=1&file_path__regex=" + quoted("(([a-z0-9-]+)*)+$!")).status, 200)
    expect(time.monotonic() - started < 20, "a regex takes too long")


def users_search(server):
    users = server.rows("/api/v2/users.json?limit=1000", "users")
    groups = {group["group_id"]: group["name"] for group in server.rows("/api/v2/groups.json", "groups")}
    roles = {role["role_id"]: role["name"] for role in server.rows("/api/v2/roles.json", "roles")}
    sample = users[3]

    def compare(query, wanted):
        equal([user["user_id"] for user in server.rows("/api/v2/users.json?" + query, "users")],
              [user["user_id"] for user in users if wanted(user)], query)

    compare("name=sMITH", lambda user: "smith" in user["name"].lower())
    compare("login=flexus.agent", lambda user: user["fieldset_login"].get("login") == "flexus.agent")
    compare("login=flexus.agen", lambda user: False)
    compare("extension=2003", lambda user: "2003" in user.get("fieldset_recording", {}).get("extensions", []))
    compare("group_id=" + sample["group_id"], lambda user: user.get("group_id") == sample["group_id"])
    compare("search_term=support", lambda user: "support" in groups.get(user.get("group_id"), "").lower())
    compare("search_term=MANAGER", lambda user: "manager" in roles.get(user.get("role_id"), "").lower() or
            "manager" in user["fieldset_login"].get("login", ""))
    compare("search_term=%2B14085552003", lambda user: "+14085552003" in user.get("fieldset_recording", {}).get("extensions", []))
    expect(server.rows("/api/v2/clients.json?search_term=FRONT", "clients"), "clients by contact")
    equal(len(server.rows("/api/v2/clients.json?search_term=initech", "clients")), 2, "clients by tenant")


def muting(server):
    users = {user["user_id"]: user for user in server.rows("/api/v2/users.json?limit=1000", "users")}
    hazel = next(user for user in users.values() if user["name"] == "Hazel Hangup")["user_id"]
    active = server.calls("active_only=1")
    equal(len(active), 5)
    call = next(call for call in active if hazel not in [side["user_id"] for side in call["participants"]])
    by_id = f"/api/v2/calls/{call['call_id']}.json/muting"
    talker = next(side["user_id"] for side in call["participants"] if side["user_id"])
    by_user = f"/api/v2/users/{talker}.json/muting"
    for target, action, muted in ((by_id, "mute", 1), (by_id, "mute", 1), (by_user, "unmute", 0), (by_user, "mute", 1), (by_id, "unmute", 0)):
        answer = server.send("POST", f"{target}?action={action}")
        equal((answer.status, answer.body), (200, b""), target)
        equal(server.state()["muted"], muted)
    is_refused(server.send("POST", by_id + "?action=hush"), 400, "InvalidRecord", "action")
    is_refused(server.send("POST", by_id), 400, "InvalidRecord", "action")
    is_refused(server.send("POST", by_id + "?action=mute", {"a": 1}), 400, "InvalidRecord", "body")
    finished = next(call["call_id"] for call in server.calls() if call["disconnect_time"])
    is_refused(server.send("POST", f"/api/v2/calls/{finished}.json/muting?action=mute"), 404, "NotFound")
    is_refused(server.send("POST", f"/api/v2/calls/{uuid.uuid4()}.json/muting?action=mute"), 404, "NotFound")
    is_plain(server.send("POST", by_id + "?action=mute", account=FLEXUS_AGENT), 403)
    busy = {side["user_id"] for call in active for side in call["participants"]}
    idle = next(user for user in users if user not in busy)
    is_refused(server.send("POST", f"/api/v2/users/{idle}.json/muting?action=mute"), 404, "NotFound")
    hazels = f"/api/v2/users/{hazel}.json/muting?action=mute"
    is_refused(server.send("POST", hazels), 409, "InvalidState")
    is_refused(server.send("POST", hazels), 404, "NotFound")
    equal(server.state()["active"], 4)


def files(server):
    calls = [call for call in server.calls() if call.get("files") and call["record_state"] == 30]
    call = next(call for call in calls if len(call["files"]) == 1)
    target = f"/api/v2/calls/{call['call_id']}.json/file"
    whole = server.get(target)
    equal((whole.status, whole.type, len(whole.body)), (200, "audio/wav", call["files"][0]["file_size"]))
    equal((whole.body[:4], whole.body[8:16]), (b"RIFF", b"WAVEfmt "))
    equal(int.from_bytes(whole.body[4:8], "little"), len(whole.body) - 8, "size in the header")
    part = server.get(target, Range="bytes=100-199")
    equal((part.status, part.body, part.headers["Content-Range"]), (206, whole.body[100:200], f"bytes 100-199/{len(whole.body)}"))
    rest = server.get(target, Range="bytes=8000-")
    equal((rest.status, rest.body), (206, whole.body[8000:]))
    equal(server.get(target, Range="bytes=0-99999999").body, whole.body)
    behind = server.get(target, Range="bytes=99999999-")
    equal((behind.status, behind.headers["Content-Range"]), (416, f"bytes */{len(whole.body)}"))
    equal(server.get(target, Range="bytes=-5").body, whole.body, "a suffix is passed over")
    equal(server.get(target + "?file_id=77").status, 404)
    two = next(call for call in calls if len(call["files"]) == 2)
    sizes = [file["file_size"] for file in two["files"]]
    target_of_two = f"/api/v2/calls/{two['call_id']}.json/file"
    equal(len(server.get(target_of_two).body), sum(sizes) - 44, "two files in one")
    equal(len(server.get(target_of_two + "?file_id=02").body), sizes[1])
    over = next((call for call in server.calls() if call["record_state"] == 20 and call.get("files")), None)
    if over:
        is_plain(server.get(f"/api/v2/calls/{over['call_id']}.json/file"), 403)

    def signed(query):
        return server.get(f"/api/v2/calls/{call['call_id']}.json/file_url.json?{query}").json["signed_url"]

    url = signed("expires=60")
    origin = f"http://127.0.0.1:{server.port}"
    found = re.fullmatch(re.escape(origin) + r"/calls/file/([0-9a-f-]+)/signed\?expires=(\d+)&sign=([A-Za-z0-9+/]+=)", url)
    expect(found, url)
    equal(found[1], call["call_id"])
    expect(abs(int(found[2]) - time.time() - 60) < 5, "expires is no Unix time")
    url = url[len(origin):]
    by_url = server.get(url, account=None)
    equal((by_url.status, by_url.type, by_url.body), (200, "audio/wav", whole.body))
    equal(server.get(url, account=None, Range="bytes=0-9").body, whole.body[:10])
    for wrong in (url.replace(found[2], str(int(found[2]) + 1)), url[:-2] + ("A" if url[-2] != "A" else "B") + "=",
                  url.replace(found[1], two["call_id"])):
        is_plain(server.get(wrong, account=None), 403)
    equal(len(server.get(signed("expires=60&file_id=01")[len(origin):], account=None).body), call["files"][0]["file_size"])
    short = signed("expires=1")[len(origin):]
    equal(server.get(short, account=None).status in (200, 410), True)
    time.sleep(2)
    is_plain(server.get(short, account=None), 410)
    equal(server.get(url, account=None).status, 200)
    is_refused(server.get(f"/api/v2/calls/{call['call_id']}.json/file_url.json?expires=0"), 400, "InvalidRecord", "expires")


def keys(server):
    made = server.create("encrypt_key", "encrypt_keys", {"name": "Key one", "add_type": "generate", "key_lenght": 4096})
    shown = server.get(f"/api/v2/encrypt_keys/{made}.json").json["encrypt_key"]
    expect(re.fullmatch("[0-9a-f]{32}", shown["fingerprint"]) and shown["is_active"] is True, shown)
    imported = server.create("encrypt_key", "encrypt_keys", {"name": "Key two", "add_type": "import", "public_key": "MIIBojAN",
                                                             "private_key": "hush", "private_key_password": "hush hush"})
    answer = server.get(f"/api/v2/encrypt_keys/{imported}.json")
    equal(answer.json["encrypt_key"]["public_key"], "MIIBojAN")
    expect(b"hush" not in answer.body, "a private key is returned")
    is_refused(server.send("POST", "/api/v2/encrypt_keys.json", {"encrypt_key": {"name": "K", "add_type": "generate", "key_length": 4086}}),
               400, "InvalidRecord", "key_length")
    is_refused(server.send("POST", "/api/v2/encrypt_keys.json", {"encrypt_key": {"name": "K"}}), 400, "InvalidRecord", "add_type")
    equal([key["name"] for key in server.rows("/api/v2/encrypt_keys.json?search_text=TWO", "encrypt_keys")], ["Key two"])
    server.send("PUT", f"/api/v2/encrypt_keys/{made}.json", {"encrypt_key": {"is_active": False, "public_key": "other"}})
    equal(server.get(f"/api/v2/encrypt_keys/{made}.json").json["encrypt_key"], {**shown, "is_active": False})

    user = server.get("/api/v2/users.json?login=flexus.agent").json["users"][0]["user_id"]
    users = f"/api/v2/encrypt_keys/{made}/authorized_users.json"
    answer = server.send("POST", users, {"user": {"user_id": user}})
    equal((answer.status, answer.headers["Location"]), (201, f"/api/v2/encrypt_keys/{made}/authorized_users/{user}.json"))
    is_refused(server.send("POST", users, {"user": {"user_id": user}}), 409, "InvalidState")
    equal(server.get(users).json, {"next_url": None, "total": 1, "users": [{"user_id": user}]})
    equal(server.send("DELETE", answer.headers["Location"]).status, 200)
    equal(server.send("DELETE", answer.headers["Location"]).status, 404)
    equal(server.get(users).json["users"], [])
    for key in (made, imported):
        equal(server.send("DELETE", f"/api/v2/encrypt_keys/{key}.json").status, 200)


def custom_fields(server):
    fields = {field["name"]: field for field in server.rows("/api/v2/custom_fields.json", "custom_fields")}
    expect(fields["Call type"]["is_global"] and fields["Call type"]["tenant_id"] is None, fields)
    expect("tenant_id" not in server.rows("/api/v2/custom_fields.json", "custom_fields", account=FLEXUS_ADMIN)[0], "tenant of a field")
    call = server.calls()[5]["call_id"]

    def put(*values):
        return server.send("PUT", f"/api/v2/calls/{call}.json", {"call": {"custom_fields": list(values)}})

    def shown():
        return {value["name"]: value["value"] for value in server.get(f"/api/v2/calls/{call}.json").json["call"].get("custom_fields", [])}

    answer = put({"field_id": fields["Call type"]["field_id"], "name": "ignored", "value": "Sales call"},
                 {"name": "Payment status", "value": "Zahlung \"später\""})
    equal(answer.status, 200, answer.body)
    equal(answer.json["call"]["call_id"], call)
    equal(shown(), {"Call type": "Sales call", "Payment status": "Zahlung \"später\""})
    equal(put({"name": "Call type", "value": "Collection call"}).status, 200)
    equal(put({"name": "Payment status", "value": None}).status, 200)
    equal(shown(), {"Call type": "Collection call"})
    is_refused(put({"name": "Call type", "value": "Prank"}, {"name": "Call Summary", "value": "x"}, {"name": "Nothing", "value": "x"},
                   {"name": "Payment status", "value": "x" * 65}, {"name": "Payment status", "value": 5}), 400, "InvalidRecord",
               *(f"call.custom_fields[{i}]" for i in range(5)))
    equal(shown(), {"Call type": "Collection call"}, "a refused change changes nothing")
    made = server.create("custom_field", "custom_fields", {"name": "Mood", "enable": True, "type": "option", "options": ["good", "bad"]})
    equal(put({"field_id": made, "value": "good"}).status, 200)
    equal(server.send("PUT", f"/api/v2/custom_fields/{made}.json", {"custom_field": {"enable": False}}).status, 200)
    equal(server.get(f"/api/v2/custom_fields/{made}.json").json["custom_field"]["enable"], False)
    is_refused(put({"field_id": made, "value": "bad"}), 400, "InvalidRecord", "call.custom_fields[0]")
    is_refused(server.send("POST", "/api/v2/custom_fields.json", {"custom_field": {"name": "n" * 65, "enable": True, "type": "string"}}),
               400, "InvalidRecord", "name")
    equal(server.send("DELETE", f"/api/v2/custom_fields/{made}.json").status, 200)


def refusals(server):
    is_plain(server.get("/api/v2/nothing.json"), 404)
    is_plain(server.get("/elsewhere", account=None), 404)
    answer = server.send("PATCH", "/api/v2/users.json", {})
    is_plain(answer, 405)
    equal(answer.headers["Allow"], "GET, POST")
    is_plain(server.send("OPTIONS", "/api/v2/calls.json"), 405)
    equal(server.send("HEAD", "/api/v2/calls.json").status, 405)
    is_plain(server.send("POST", "/api/v2/users.json", "name=x", Content_Type="application/x-www-form-urlencoded"), 415)
    is_plain(server.send("POST", "/api/v2/users.json", "--x--", Content_Type="multipart/form-data; boundary=x"), 415)
    is_plain(server.send("POST", "/api/v2/users.json", b"x" * (3 << 19)), 413)
    for body, field in ((b'{"user":{', "user"), (b'{', "body"), (b'{"user":{"name":"\xff"}}', "user.name"), (b'{"user":{"is_active":"perhaps"}}', "user.is_active"),
                        (b'{"user":{"fieldset_recording":{"extensions":["1",2]}}}', "user.fieldset_recording.extensions[1]"),
                        (b"{}", "user"), (b"[]", "body")):
        is_refused(server.send("POST", "/api/v2/users.json", body), 400, "InvalidRecord", field)
    is_refused(server.get("/api/v2/users.json?limit=1&limit=2"), 400, "InvalidRecord", "limit")
    is_refused(server.get("/api/v2/users.json?name=%zz"), 400, "InvalidRecord", "target")
    is_refused(server.get("/api/v2/users/" + str(uuid.uuid4()) + ".json"), 404, "NotFound")
    is_refused(server.get("/api/v2/users.json", body={}), 400, "InvalidRecord", "body")
    equal(server.get("/api/v2/users.json?search_term=" + "x" * 9000).status, 414)
    call = server.calls()[0]["call_id"]
    equal(server.get(f"/api/v2/calls/{call.upper()}.json").json["call"]["call_id"], call, "ids without case (D-49)")
    equal(server.send("DELETE", f"/api/v2/calls/{call}.json").status, 200)
    is_refused(server.get(f"/api/v2/calls/{call}.json"), 404, "NotFound")


def command_line(program):
    status, shown = checks.run([program, "--help"])
    expect(status == 0 and "--port-file" in shown, shown)
    for wrong in (["--calls", "x"], ["--port", "70000"], ["--nothing"], ["--seed"]):
        equal(checks.run([program, *wrong])[0], 2, wrong)


def same_seed(program):
    seen = []
    for seed in ("5", "5", "6"):
        server = Recorder(program, "--calls", "50", "--seed", seed, "--verbose")
        seen.append([(call["call_id"], call["from_number"], call["to_name"]) for call in server.calls()])
        server.log.seek(0)
        log = server.log.read()
        expect(f"recorder: listening on http://127.0.0.1:{server.port}\n" in log, log)
        expect("Authorization: REDACTED" in log and "YXBpdXNlcjpzZWNyZXQ" not in log, log)
        equal(server.stop(), 0, "status at the end")
    equal(seen[0], seen[1], "same seed")
    expect(seen[0] != seen[2], "another seed gives the same calls")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = str(pathlib.Path(sys.argv[1]).resolve())
    server = Recorder(program, "--calls", "400", "--seed", "7")
    with_server = (sign_in, tenant_of_the_manual, unique_names, permissions, paging, searches, users_search, muting, files, keys,
                   custom_fields, refusals)
    finish("recorder_check", server, with_server, [(command_line, program), (same_seed, program)])


main()
