// Signing in, and being kept from signing in too often.
#include "walk.hpp"

namespace tour {

overseer::overseer(const surroundings& around)
    : caller{around.counts, around.choices}, server_{.origin = around.origin} {}

void overseer::expire_tokens() {
    const auto request =
        tipring::encode(stand_in::expire_tokens{}, server_, fresh_request_memory());
    if (!request) throw failed{said(request.error())};
    send(*request);
    value_of(decoded<stand_in::expire_tokens>());
}

stand_in::state overseer::look() {
    const auto request = tipring::encode(stand_in::view_state{}, server_, fresh_request_memory());
    if (!request) throw failed{said(request.error())};
    send(*request);
    return value_of(decoded<stand_in::view_state>());
}

void meet(account& anna) {
    section("1. Signing in");
    anna.must_sign_in();
    anna.tell("tokens; they lie in the session, and nowhere else any more");
    const cloudlink::claims who = anna.must(cloudlink::view_claims{});
    anna.require(*who.email == "anna@example.com", "that is somebody else");
    anna.require(*who.role == cloudlink::role::account_admin, "she has another role");
    anna.tell(
        join("who am I: ", *who.name, ", ", (*who.role).value, ", user ", (*who.user_id).value));
}

void get_locked(const surroundings& around, overseer& above) {
    section("3. A wrong password, three times");
    account eve{around, "eve@example.com", "not the password"};
    const std::int64_t refused_before = *above.look().refused_sign_ins;
    for (int i = 1; i <= 3; ++i) {
        const oauth::step step = eve.sign_in();
        eve.require(step.action == oauth::action::sign_in, "the session did not let us try");
        eve.require(!eve.session().is_signed_in() && !eve.refused_with().empty(),
                    "a wrong password was taken");
        eve.tell(eve.refused_with());
    }
    const std::size_t sent = around.counts.requests;
    const oauth::step fourth = eve.sign_in();
    eve.require(fourth.action == oauth::action::locked, "the session is not locked");
    eve.require(around.counts.requests == sent, "a fourth request was sent");
    attempt("a fourth time", "-", "the session is locked: nothing is sent");
    const auto call =
        tipring::encode(cloudlink::view_claims{}, eve.place(), eve.fresh_request_memory());
    eve.require(call && eve.deliver(*call).action == oauth::action::locked, "a call is not locked");
    eve.require(around.counts.requests == sent, "a call was sent by a locked session");
    attempt("a call", "-", "locked too");

    const stand_in::state after = above.look();
    above.require(*after.refused_sign_ins - refused_before == 3, "the server saw other attempts");
    above.require(*after.locked_accounts == 1, "the account is not locked at the server");
    above.tell("the server saw three attempts, and has locked the account as well");

    account late{around, "eve@example.com", "secret"};
    late.sign_in();
    late.require(!late.session().is_signed_in() && late.last().status == 403,
                 "a locked account lets somebody in");
    late.tell(join("so now not even the right password helps: ", late.refused_with()));
}

} // namespace tour
