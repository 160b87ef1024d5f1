#!/usr/bin/env python3
"""Usage: tests/cloudlink_check.py STAND_IN TOUR

Starts the example program `cloudlink_stand_in` and holds it against the facts about CloudLink, over real HTTP: tokens, lockout,
users by filter and page (against an evaluation of its own), conversations, signed webhooks, refusals of hostile requests. Then walks
`cloudlink_tour` through it, and through servers that are broken."""

import hashlib
import hmac
import http.server
import json
import pathlib
import queue
import re
import socket
import sys
import threading
import time
import urllib.parse
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import checks
from stand_in import Server, equal, expect, finish

APP = "app=check-cli/1.0;platform=linux/6.1;session=e769f6ec-ceb6-4b98-bab5-2dc0e720426c;"
TOKEN = "/authentication/2017-09-01/token"
USERS = "/admin/2017-09-01/users"
TALKS = "/chat/2017-09-01/conversations"
SUBSCRIPTIONS = "/notifications/2017-09-01/subscriptions"
FORM = "application/x-www-form-urlencoded"


def query(**options):
    return "?" + "&".join("$" + name + "=" + urllib.parse.quote(str(value), safe="") for name, value in options.items())


class CloudLink(Server):
    def send(self, method, target, body=None, token=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        headers.setdefault("x-mitel-app", APP)
        if headers["x-mitel-app"] is None:
            del headers["x-mitel-app"]
        if token:
            headers["Authorization"] = "Bearer " + token
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
        answer = self.request(method, target, body, headers)
        expect(re.fullmatch("[0-9a-f-]{36}", answer.headers.get("x-mitel-correlation-id", "")), f"{method} {target}: no correlation id")
        return answer

    def get(self, target, **more):
        return self.send("GET", target, **more)

    def ask_for_tokens(self, **form):
        return self.send("POST", TOKEN, urllib.parse.urlencode(form), Content_Type=FORM)

    def sign_in(self, name="anna", password="secret"):
        return self.ask_for_tokens(grant_type="password", username=name + "@example.com", password=password, account_id="327410625")

    def token(self, name="anna"):
        answer = self.sign_in(name)
        equal(answer.status, 201, answer.body)
        return answer.json["access_token"]

    def me(self, token):
        return self.get(USERS + "/me", token=token)

    def user_id(self, name):
        return self.me(self.token(name)).json["userId"]

    def rows(self, target, token):
        """All items from there on, over pages, whose links are followed as a browser does: blanks and quotes escaped, all else as it is."""
        rows = []
        while target:
            answer = self.get(target, token=token)
            equal(answer.status, 200, answer.body)
            rows.append(answer.json.get("_embedded", {}).get("items", []))
            target = answer.json["_links"].get("next", "").replace(" ", "%20").replace("'", "%27")
        return rows

    def state(self):
        return self.get("/stand-in/state.json").json


def is_refused(answer, status, name):
    equal((answer.status, answer.type), (status, "application/json"), answer.body)
    equal(answer.json["name"], name)
    expect(answer.json["message"], "no message")
    return answer


def is_oauth(answer, status, code):
    equal((answer.status, answer.type), (status, "application/json"), answer.body)
    equal(answer.json["error"], code)
    expect("name" not in answer.json and answer.json["error_description"], answer.json)


# --- What is checked. Each function gets the stand-in.


def tokens(server):
    answer = server.sign_in()
    equal(answer.status, 201, "Q-4")
    equal(sorted(answer.json), ["access_token", "expires_in", "refresh_token", "scope", "token_type"])
    equal((answer.json["token_type"], answer.json["expires_in"]), ("bearer", 3600))
    equal(answer.headers["Cache-Control"], "no-store")
    first = answer.json
    equal(server.me(first["access_token"]).json["email"], "anna@example.com")
    equal(server.get(USERS + "/me", Authorization=first["access_token"]).status, 200, "without Bearer (Q-30)")
    claims = server.get(TOKEN, token=first["access_token"]).json
    equal((claims["email"], claims["role"]), ("anna@example.com", "ACCOUNT_ADMIN"))

    refused = is_refused(server.me("nonsense"), 401, "UnauthorizedError")
    expect('error="invalid_token"' in refused.headers["WWW-Authenticate"], "no challenge")
    refused = is_refused(server.get(USERS), 401, "UnauthorizedError")
    equal(refused.headers["WWW-Authenticate"], 'Bearer realm="cloudlink"', "RFC 6750: no error without credentials")

    # Rotation: each refresh token is good once; the access token of before is not touched by it.
    second = server.ask_for_tokens(grant_type="refresh_token", refresh_token=first["refresh_token"])
    equal(second.status, 201)
    expect(second.json["refresh_token"] != first["refresh_token"] and second.json["access_token"] != first["access_token"], "not rotated")
    is_oauth(server.ask_for_tokens(grant_type="refresh_token", refresh_token=first["refresh_token"]), 400, "invalid_grant")
    # As older programs write it.
    third = server.send("POST", TOKEN, {"grant_type": "Refresh_Token", "token": second.json["refresh_token"]})
    equal(third.status, 201, third.body)

    equal(server.send("POST", "/stand-in/expire").status, 204)
    for old in (first, second.json, third.json):
        refused = is_refused(server.me(old["access_token"]), 401, "UnauthorizedError")
        expect("expired" in refused.headers["WWW-Authenticate"], "no reason")
    fourth = server.ask_for_tokens(grant_type="refresh_token", refresh_token=third.json["refresh_token"])
    equal(server.me(fourth.json["access_token"]).status, 200)


def token_refusals(server):
    is_oauth(server.ask_for_tokens(grant_type="magic"), 400, "unsupported_grant_type")
    is_oauth(server.ask_for_tokens(grant_type="client_credentials", client_id="x", client_secret="y"), 400, "unsupported_grant_type")
    is_oauth(server.ask_for_tokens(grant_type="password", username="anna@example.com"), 400, "invalid_request")
    is_oauth(server.ask_for_tokens(), 400, "invalid_request")
    is_oauth(server.send("POST", TOKEN, "grant_type=password&grant_type=password", Content_Type=FORM), 400, "invalid_request")
    is_oauth(server.send("POST", TOKEN, "{", Content_Type="application/json"), 400, "invalid_request")
    is_oauth(server.send("POST", TOKEN, "x", Content_Type="text/plain"), 415, "invalid_request")
    is_oauth(server.ask_for_tokens(grant_type="password", username="anna@example.com", password="secret", account_id="1"), 401, "invalid_grant")
    is_oauth(server.sign_in("nobody"), 401, "invalid_grant")
    is_refused(server.send("PUT", TOKEN, {}, token=server.token()), 405, "MethodNotAllowedError")


def lockout(server):
    for _ in range(2):
        is_oauth(server.sign_in("zoe", "wrong"), 401, "invalid_grant")
    equal(server.sign_in("zoe").status, 201, "two are too few")
    for _ in range(3):
        is_oauth(server.sign_in("zoe", "wrong"), 401, "invalid_grant")
    before = server.state()
    is_oauth(server.sign_in("zoe"), 403, "access_denied")
    equal(server.state()["locked_accounts"], before["locked_accounts"])
    equal(server.sign_in("bob").status, 201, "others are locked too")


def paging(server):
    token = server.token()
    everybody = server.rows(USERS + query(top=1000), token)[0]
    expect(len(everybody) > 40, "too few users")
    equal([len(page) for page in server.rows(USERS, token)], [20, 20, len(everybody) - 40], "size of a page by default")
    for top in (1, 7, len(everybody) - 1, len(everybody)):
        pages = server.rows(USERS + query(top=top), token)
        equal([user for page in pages for user in page], everybody, f"$top={top}")
        equal(len(pages), -(-len(everybody) // top), f"pages of {top}")
    equal(server.rows(USERS + query(top=3, skip=5), token)[0], everybody[5:8])
    equal(server.rows(USERS + query(skip=10000), token), [[]])
    equal(server.rows(USERS + query(top=0), token), [[]])
    expect("_embedded" not in server.get(USERS + query(skip=10000), token=token).json, "Q-19")
    account = everybody[0]["accountId"]
    equal(server.rows(f"/admin/2017-09-01/accounts/{account}/users" + query(top=1000), token)[0], everybody)
    is_refused(server.get("/admin/2017-09-01/accounts/1/users", token=token), 404, "NotFoundError")
    link = server.get(USERS + query(top=2, filter="role eq 'USER' and name ne 'R&D +'", orderby="name desc"), token=token).json["_links"]["next"]
    equal(link, USERS + "?$skip=2&$top=2&$filter=role eq 'USER' and name ne 'R%26D %2B'&$orderby=name desc", "raw blanks and quotes (Q-21)")
    for user in everybody[:3]:
        equal(server.get(user["_links"]["self"], token=token).json, user)


def filters(server):
    token = server.token()
    everybody = server.rows(USERS + query(top=1000), token)[0]
    cases = {
        "email eq 'bob@example.com'": lambda u: u["email"] == "bob@example.com",
        "name eq 'Carol O''Neil'": lambda u: u["name"] == "Carol O'Neil",
        "contains(name,'Zo\u00eb R&D 50%')": lambda u: "Zo\u00eb R&D 50%" in u["name"],
        "substringof(name,'O''')": lambda u: "O'" in u["name"],
        "startswith(name,'A') and not endswith(email,'admin@example.com')": lambda u: u["name"].startswith("A"),
        "role ne 'USER' or extension eq '2003'": lambda u: u["role"] != "USER" or u.get("extension") == "2003",
        "extension eq null": lambda u: "extension" not in u,
        "extension ne null and emailVerified": lambda u: "extension" in u and u["emailVerified"],
        "emailVerified eq false": lambda u: not u["emailVerified"],
        "createdOn ge 2023-01-10T00:00:00Z and createdOn lt 2023-02-01T00:00:00+02:00":
            lambda u: "2023-01-10T00:00:00.000Z" <= u["createdOn"] < "2023-01-31T22:00:00.000Z",
        "not (role eq 'USER' and (siteId eq 'north' or name gt 'D'))":
            lambda u: not (u["role"] == "USER" and (u["siteId"] == "north" or u["name"] > "D")),
        "name le 'Barbara Allen'": lambda u: u["name"] <= "Barbara Allen",
    }
    for written, wanted in cases.items():
        expected = [user["email"] for user in everybody if wanted(user)]
        expect(0 < len(expected) < len(everybody), f"{written}: says nothing")
        found = server.rows(USERS + query(top=5, filter=written), token)
        equal([user["email"] for page in found for user in page], expected, written)
    for order, key in (("name", lambda u: u["name"]), ("extension", lambda u: u.get("extension", ""))):
        found = server.rows(USERS + query(top=9, orderby=order), token)
        equal([user["email"] for page in found for user in page], [user["email"] for user in sorted(everybody, key=key)], order)
        found = server.rows(USERS + query(top=9, orderby=order + " desc,email"), token)
        by_email = sorted(everybody, key=lambda u: u["email"])
        equal([user["email"] for page in found for user in page],
              [user["email"] for user in sorted(by_email, key=key, reverse=True)], order + " desc")
    for wrong in ("name eq", "name eq 'x' and", "shoeSize eq '46'", "name eq 5", "emailVerified eq 'true'", "createdOn gt 'soon'",
                  "contains(emailVerified,'x')", "name in ('a','b')", "(" * 40 + "name eq 'a'" + ")" * 40, "name eq '\x01'", "extension gt null",
                  " or ".join(["name eq 'a'"] * 17)):
        is_refused(server.get(USERS + query(filter=wrong), token=token), 400, "BadRequestError")
    for wrong in ("?$top=-1", "?$top=x", "?$skip=99999999999999999999", "?$top=1&$top=2", "?top=1", "?$filter=%zz", "?$filter=%ff", "?$orderby=shoeSize"):
        is_refused(server.get(USERS + wrong, token=token), 400, "BadRequestError")
    for missing in ("search=a", "skiptoken=a", "expand=tags", "select=name", "count=true", "orderby=length(name)"):
        is_refused(server.get(USERS + "?$" + missing, token=token), 501, "NotImplementedError")


def begin(server, token, *others, **more):
    body = {"originalParticipants": [{"type": "USER", "participantId": other} for other in others], **more}
    answer = server.send("POST", TALKS, body, token=token)
    equal(answer.status, 201, answer.body)
    return answer.json["conversationId"]


def conversations(server):
    anna, bob, carol = (server.token(name) for name in ("anna", "bob", "carol"))
    talk = begin(server, anna, server.user_id("bob"), name="Lunch", stream=True)
    shown = server.get(f"{TALKS}/{talk}", token=bob).json
    equal((shown["name"], shown["stream"], shown["_links"]["self"]), ("Lunch", True, f"{TALKS}/{talk}"))
    texts = [f"Nr. {i} \"\u260e\" \\ \u0000"[:-1] for i in range(5)]
    for number, body in enumerate(texts):
        answer = server.send("POST", f"{TALKS}/{talk}/messages", {"body": body, "contentType": "text/plain", "tag": "{}", "messageId": "mine"},
                             token=(anna, bob)[number % 2])
        equal((answer.status, answer.json["body"]), (201, body))
        expect(answer.json["messageId"] != "mine", "clients choose ids")
    rows = [row for page in server.rows(f"{TALKS}/{talk}/messages" + query(top=2), bob) for row in page]
    equal([row["body"] for row in rows], texts)
    equal(len({row["createdBy"] for row in rows}), 2)
    equal([row["participantId"] for row in server.rows(f"{TALKS}/{talk}/participants", anna)[0]], [server.user_id("anna"), server.user_id("bob")])
    equal(server.rows(TALKS + query(filter="stream eq false"), anna), [[]])
    equal(len(server.rows("/chat/2017-09-01/users/me/conversations" + query(filter="stream eq true"), bob)[0]), 1)
    # Who does not take part sees nothing of it.
    for method, rest, body in (("GET", "", None), ("DELETE", "", None), ("GET", "/messages", None), ("POST", "/messages", {"body": "x"}),
                               ("GET", "/participants", None)):
        is_refused(server.send(method, f"{TALKS}/{talk}{rest}", body, token=carol), 404, "NotFoundError")
    equal(server.rows(TALKS, carol), [[]])
    equal(server.send("POST", f"{TALKS}/{talk}/participants", {"type": "USER", "participantId": server.user_id("carol")}, token=bob).status, 201)
    equal(server.get(f"{TALKS}/{talk}", token=carol).status, 200)
    is_refused(server.send("DELETE", f"{TALKS}/{talk}", token=carol), 403, "ForbiddenError")
    equal(server.send("DELETE", f"{TALKS}/{talk}", token=anna).status, 200)
    is_refused(server.get(f"{TALKS}/{talk}", token=anna), 404, "NotFoundError")
    is_refused(server.send("POST", TALKS, {"originalParticipants": [{"type": "USER", "participantId": "nobody"}]}, token=anna), 400, "BadRequestError")


class Receiver:
    """A subscriber; answers with `status`."""

    def __init__(self, status=204):
        self.received = queue.Queue()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.received.put((self.path, self.headers, body))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hooks?for=check"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait(self):
        return self.received.get(timeout=10)

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def settled(server, **wanted):
    """Waits until the stand-in has counted."""
    for _ in range(500):
        state = server.state()
        if all(state[name] == number for name, number in wanted.items()):
            return
        time.sleep(0.01)
    equal(state, wanted, "counts")


def webhooks(server):
    anna, bob, carol = (server.token(name) for name in ("anna", "bob", "carol"))
    secret = str(uuid.uuid4())
    receiver, broken = Receiver(), Receiver(500)

    def subscribe(token, status=201, **more):
        body = {"applicationId": secret, "deviceId": receiver.url, "transport": "webhook", "topic": "platform-api-conversations", **more}
        answer = server.send("POST", SUBSCRIPTIONS, {name: value for name, value in body.items() if value is not None}, token=token)
        equal(answer.status, status, answer.body)
        return answer.json.get("subscriptionId")

    talk = begin(server, anna, server.user_id("bob"))
    before = server.state()
    mine = subscribe(bob, subjectFilter=f"/conversations/{talk}/")
    # None of these is told: another's conversation, another topic, subject, method; nobody listens; one fails.
    others = [(carol, subscribe(carol)), (bob, subscribe(bob, topic="platform-api-media")), (bob, subscribe(bob, subjectFilter="/conversations/x")),
              (bob, subscribe(bob, methodFilter="DELETE")), (bob, subscribe(bob, deviceId="http://127.0.0.1:1/")),
              (bob, subscribe(bob, deviceId=broken.url))]
    message = server.send("POST", f"{TALKS}/{talk}/messages", {"body": "Tea? \u260e"}, token=anna)
    path, headers, body = receiver.wait()
    equal(path, "/hooks?for=check")
    equal(headers["Content-Type"], "application/json")
    equal(headers["x-webhook-signature"], hmac.new(secret.encode(), body, hashlib.sha256).hexdigest(), "signature")
    expect("Authorization" not in headers, "a token is sent to the subscriber")
    told = json.loads(body)
    equal(told["content"], message.json)
    equal((told["topic"], told["method"], told["subject"]),
          ("platform-api-conversations", "POST", f"/conversations/{talk}/messages/{message.json['messageId']}"))
    equal(told["subscription"], {"subscriptionId": mine})
    equal(told["notification"]["correlationId"], message.headers["x-mitel-correlation-id"])
    settled(server, webhooks_taken=before["webhooks_taken"] + 1, webhooks_lost=before["webhooks_lost"] + 2)
    expect(receiver.received.empty(), "more webhooks than subscriptions")

    shown = server.get(SUBSCRIPTIONS, token=bob)
    equal(len(shown.json["_embedded"]["items"]), 6)
    expect(secret.encode() not in shown.body, "the secret comes back")
    is_refused(server.send("DELETE", f"{SUBSCRIPTIONS}/{mine}", token=carol), 404, "NotFoundError")
    for token, subscription in [(bob, mine)] + others:
        equal(server.send("DELETE", f"{SUBSCRIPTIONS}/{subscription}", token=token).status, 200)
    is_refused(server.send("DELETE", f"{SUBSCRIPTIONS}/{mine}", token=bob), 404, "NotFoundError")
    server.send("POST", f"{TALKS}/{talk}/messages", {"body": "again"}, token=anna)
    server.send("DELETE", f"{TALKS}/{talk}", token=anna)
    settled(server, webhooks_taken=before["webhooks_taken"] + 1, conversations=before["conversations"] - 1)

    for wrong in ({"applicationId": None}, {"applicationId": ""}, {"transport": "websocket"}, {"transport": None}, {"topic": "weather"}, {"topic": None},
                  {"deviceId": "https://hooks.example.com/"}, {"deviceId": "http://127.0.0.1.example.com/"}, {"deviceId": "file:///etc/passwd"},
                  {"deviceId": "http://127.0.0.1@example.com/"}, {"deviceId": None}, {"publicationFilter": "$"}):
        subscribe(bob, status=400, **wrong)
    receiver.stop()
    broken.stop()


def raw(server, request):
    """What comes back for these bytes; the connection is then closed."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as wire:
        wire.sendall(request)
        wire.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := wire.recv(65536):
            answer += piece
        return answer


def hostile(server):
    token = server.token()
    for wrong in (None, "", "nonsense", "app=", "platform=linux/1;"):
        is_refused(server.send("GET", USERS, token=token, **{"x-mitel-app": wrong}), 400, "BadRequestError")
    # As Mitel's own samples spell it.
    equal(server.send("GET", USERS, token=token, **{"x-mitel-app": "authentication-sample-code/1.0.0;platform=linux/#1 SMP;session=session-id;"}).status, 200)
    for path in ("/", "/admin", "/admin/", "/admin/2017-09-01", "/admin/2018-01-01/users", "/users", "/media/2017-09-01/calls", "/admin/2017-09-01/nothing",
                 USERS + "/$filter=x", USERS + "/..", USERS + "/%2e%2e/me", USERS + "/a/b/c"):
        answer = server.get(path, token=token)
        expect(answer.status in (400, 404) and answer.json["message"], f"{path}: {answer.status} {answer.body}")
    is_refused(server.get("/stand-in/nothing"), 404, "NotFoundError")
    equal(server.get(USERS + "/", token=token).status, 200, "Q-37")
    answer = is_refused(server.send("PATCH", USERS, {}, token=token), 405, "MethodNotAllowedError")
    equal(answer.headers["Allow"], "GET")
    answer = is_refused(server.send("PATCH", TALKS, {}, token=token), 405, "MethodNotAllowedError")
    equal(answer.headers["Allow"], "GET, POST")
    is_refused(server.send("POST", TALKS, "a=b", token=token, Content_Type=FORM), 415, "UnsupportedMediaTypeError")
    is_refused(server.send("POST", TALKS, "--x--", token=token, Content_Type="multipart/form-data; boundary=x"), 415, "UnsupportedMediaTypeError")
    is_refused(server.send("POST", TALKS, b"x" * (3 << 19), token=token), 413, "PayloadTooLargeError")
    for body in (b"", b"{", b"[]", b"null", b"{}x", b'{"name":"\xff"}', b'{"name":"\\ud800"}', b'{"name":1}', b'{"stream":"perhaps"}',
                 b'{"name":"a","name":"b"}', b"[" * 100_000, b'{"originalParticipants":[{"participantId":{}}]}'):
        is_refused(server.send("POST", TALKS, body, token=token), 400, "BadRequestError")
    is_refused(server.get(USERS, body={}, token=token), 400, "BadRequestError")
    talk = begin(server, token)
    for body in ({}, {"body": ""}, {"body": None}, {"body": 5}):
        is_refused(server.send("POST", f"{TALKS}/{talk}/messages", body, token=token), 400, "BadRequestError")
    equal(server.send("DELETE", f"{TALKS}/{talk}", token=token).status, 200)
    is_refused(server.send("POST", "/authentication/2017-09-01/authorize", urllib.parse.urlencode(
        {"response_type": "code", "username": "anna@example.com", "password": "secret", "client_id": "x"}), Content_Type=FORM), 501, "NotImplementedError")
    # Broken off, and not HTTP at all: whatever is answered, the next one is served.
    head = f"POST {TALKS} HTTP/1.1\r\nHost: x\r\nx-mitel-app: {APP}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
    expect(not raw(server, head.encode() + b'{"name"').startswith(b"HTTP/1.1 2"), "half a body is taken")
    expect(not raw(server, b"\x16\x03\x01\x00\xa5\r\n\r\n").startswith(b"HTTP/1.1 2"), "TLS is taken")
    equal(server.me(token).status, 200)


def token_life(program):
    server = CloudLink(program, "--token-life", "1")
    answer = server.sign_in().json
    equal(answer["expires_in"], 1)
    equal(server.me(answer["access_token"]).status, 200)
    time.sleep(1.1)
    is_refused(server.me(answer["access_token"]), 401, "UnauthorizedError")
    equal(server.stop(), 0, "status at the end")


def command_line(programs):
    for program in programs:
        status, shown = checks.run([program, "--help"])
        expect(status == 0 and "Usage: " in shown, shown)
    for wrong in (["--port", "70000"], ["--token-life", "-1"], ["--nothing"], ["--seed"]):
        equal(checks.run([programs[0], *wrong])[0], 2, wrong)
    for wrong in ([], ["--nothing"], ["--server"]):
        equal(checks.run([programs[1], *wrong])[0], 1, wrong)


def is_walked(tour, origin, *options):
    return checks.run([tour, "--server", origin, *options], timeout=60)


def walk(programs):
    """The whole tour; what the log shows; and, told to a second one, that eve's account stays locked."""
    program, tour = programs
    server = CloudLink(program, "--verbose")
    status, shown = is_walked(tour, f"http://127.0.0.1:{server.port}", "--verbose")
    expect(status == 0, shown)
    expect(re.search(r"^cloudlink_tour: ok \(\d+ requests, \d+ rows\)$", shown.splitlines()[-1]), shown)
    state = server.state()
    equal((state["locked_accounts"], state["refused_sign_ins"], state["webhooks_taken"], state["refused_refreshes"]), (1, 4, 1, 1))
    server.log.seek(0)
    for log in (shown, server.log.read()):
        expect("REDACTED" in log and not re.search("access\\.[0-9a-f]{8}|refresh\\.[0-9a-f]{8}|password=", log), "a secret is shown")
    status, shown = is_walked(tour, f"http://127.0.0.1:{server.port}")
    expect(status == 1 and "cloudlink_tour: FAILED: " in shown and "locked" in shown, shown)
    equal(server.stop(), 0, "status at the end")


class Meddler:
    """Passes everything on to the stand-in and changes what comes back by `meddle(method, target, status, body)`."""

    def __init__(self, server, meddle, without=None):
        class Handler(http.server.BaseHTTPRequestHandler):
            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) or None
                headers = {name: value for name, value in self.headers.items() if name not in ("Host", "Content-Length")}
                answer = server.request(self.command, self.path, body, headers)
                status, changed = meddle(self.command, self.path, answer.status, answer.body)
                self.send_response(status)
                for name, value in answer.headers.items():
                    if name not in ("Content-Length", "Keep-Alive", without):
                        self.send_header(name, value)
                if status != 204:
                    self.send_header("Content-Length", str(len(changed)))
                self.end_headers()
                self.wfile.write(changed)

            do_GET = do_POST = do_DELETE = pass_on

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def change(method, part, before, after, status=None):
    """Has `before` replaced in answers to such requests, or the whole answer when it is None."""

    def meddle(seen_method, target, seen_status, body):
        if seen_method != method or part not in target:
            return seen_status, body
        return status or seen_status, after if before is None else body.replace(before, after)

    return meddle


def broken_servers(programs):
    """The tour ends with status 1, and soon, when the server does not do what it should."""
    program, tour = programs
    asked_for_tokens = []

    def no_refresh(method, target, status, body):
        if target == TOKEN and method == "POST":
            asked_for_tokens.append(status)
            if len(asked_for_tokens) > 1:
                return 400, b'{"error":"invalid_grant"}'
        return status, body

    cases = {
        "no refresh": (no_refresh, "gives the call up: invalid_grant"),
        "401 for ever": (change("GET", USERS, None, b"", 401), "gives the call up"),
        "no token in the answer": (change("POST", TOKEN, b"access_token", b"token"), "access_token"),
        "another type of token": (change("POST", TOKEN, b"bearer", b"mac"), "token_type"),
        "HTML": (change("GET", USERS, None, b"<html>504</html>", 504), "504"),
        "half a page": (change("GET", USERS, None, b'{"_embedded":{"items":[{"na'), "ends too early"),
        "another origin": (change("GET", USERS, b'"next":"/', b'"next":"https://evil.example/'), "origin"),
        "the same page for ever": (change("GET", USERS, b"$skip=24", b"$skip=12"), "page"),
        "a user less": (change("GET", "$skip=12", b'"items":[{', b'"items":[{}],"more":[{'), "users that C++ finds"),
        "wrong passwords not counted": (change("GET", "state.json", b'"locked_accounts":1', b'"locked_accounts":0'), "not locked"),
        "another message": (change("POST", "/messages", b"Hello", b"Hallo"), "says something else"),
        "what is not his": (change("GET", TALKS, b'"NotFoundError"', b'"OK"', 200), "Dave"),
        "no correlation id": (change("GET", "/nobody", b"", b""), "correlation id"),
    }
    for name, (meddle, word) in cases.items():
        server = CloudLink(program)
        meddler = Meddler(server, meddle, without="x-mitel-correlation-id" if name == "no correlation id" else None)
        status, shown = is_walked(tour, meddler.origin)
        meddler.stop()
        equal(server.stop(), 0, "status at the end")
        expect(status == 1 and word in shown.splitlines()[-1], f"{name}:\n{shown}")
    # Passing on alone changes nothing.
    server = CloudLink(program)
    meddler = Meddler(server, change("GET", "/nothing", b"", b""))
    status, shown = is_walked(tour, meddler.origin)
    expect(status == 0, shown)
    meddler.stop()
    equal(server.stop(), 0, "status at the end")
    status, shown = is_walked(tour, "http://127.0.0.1:1")
    expect(status == 1 and "it was not sent" in shown, shown)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    programs = [str(pathlib.Path(name).resolve()) for name in sys.argv[1:]]
    server = CloudLink(programs[0])
    with_server = (tokens, token_refusals, lockout, paging, filters, conversations, webhooks, hostile)
    finish("cloudlink_check", server, with_server,
           [(token_life, programs[0]), (command_line, programs), (walk, programs), (broken_servers, programs)])


main()
