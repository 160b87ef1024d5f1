// What the stand-in does for each operation, once it is known who asks. Not here: finding that out
// (service.hpp).
#pragma once

#include <deque>
#include <string>
#include <vector>

#include <tipring/server/cloudlink.hpp>

#include "../../common/refusal.hpp"
#include "../stand_in.hpp"
#include "gate.hpp"
#include "people.hpp"
#include "publisher.hpp"
#include "talks.hpp"

namespace stand_in {

/// All that the stand-in remembers. Not for several threads at once.
struct world {
    explicit world(std::uint64_t seed, std::chrono::seconds token_life)
        : random{seed}, everybody{random}, entrance{everybody, token_life} {}

    common::random_source random;
    people everybody;
    gate entrance;
    std::deque<talk> talks;
    publisher publications;
};

inline common::refusal bad_request(std::string message) {
    return {.code = "BadRequestError", .message = std::move(message)};
}
inline common::refusal not_found(std::string message) {
    return {.status = 404, .code = "NotFoundError", .message = std::move(message)};
}

class handlers {
public:
    struct surroundings {
        world& all;
        /// Null for operations that need no bearer.
        person* who;
        text correlation_id;
        /// The version in the paths and what the stand-in has before it.
        text prefix;
        utc_instant now;
        tipring::arena& memory;
    };
    explicit handlers(const surroundings& around) : around_{around} {}

    http::response operator()(const cloudlink::token_request& op);
    http::response operator()(const cloudlink::view_claims& op);

    http::response operator()(const cloudlink::list_users& op);
    http::response operator()(const cloudlink::list_account_users& op);
    http::response operator()(const cloudlink::view_user& op);
    http::response operator()(const cloudlink::view_account_user& op);

    http::response operator()(const cloudlink::list_conversations& op);
    http::response operator()(const cloudlink::list_my_conversations& op);
    http::response operator()(const cloudlink::create_conversation& op);
    http::response operator()(const cloudlink::view_conversation& op);
    http::response operator()(const cloudlink::delete_conversation& op);
    http::response operator()(const cloudlink::list_conversation_participants& op);
    http::response operator()(const cloudlink::add_conversation_participant& op);
    http::response operator()(const cloudlink::list_messages& op);
    http::response operator()(const cloudlink::create_message& op);

    http::response operator()(const cloudlink::create_subscription& op);
    http::response operator()(const cloudlink::list_subscriptions& op);
    http::response operator()(const cloudlink::delete_subscription& op);

    /// CloudLink has it, the stand-in does not.
    template <http::operation_type Op>
    http::response operator()(const Op&) {
        throw common::refusal{.status = 501,
                              .code = "NotImplementedError",
                              .message = "the stand-in does not do " +
                                         std::string{http::operation_of<Op>.name}};
    }

private:
    template <http::operation_type Op>
    http::response reply(const typename Op::answer& what) {
        const auto made = tipring::server::respond<Op>(what, around_.memory);
        if (!made) throw common::failed_inside("the answer does not fit into memory");
        return *made;
    }

    /// A link to something of this service.
    template <http::operation_type Op>
    text link_to(const Op& op) {
        const auto target = tipring::server::target_of(op, around_.memory);
        if (!target) throw common::failed_inside("the link does not fit into memory");
        return common::keep(std::string{around_.prefix} + loosely_written(*target), around_.memory);
    }

    /// The envelope of a page, whose rows are made by `show`.
    template <http::operation_type Op, class Row, class Show>
    http::response reply_page(const Op& op, const std::vector<const Row*>& all, const Show& show) {
        const page<Row> found = select(all, op.query);
        using answer = typename Op::answer;
        using item = typename answer::row;
        std::vector<item> items;
        for (const Row* each : found.rows) items.push_back(show(*each));
        cloudlink::links links{.self = link_to(op)};
        if (found.next_skip) {
            Op next = op;
            next.query.skip = found.next_skip;
            links.next = link_to(next);
        }
        answer whole{.count = static_cast<std::int64_t>(items.size()), .links = links};
        // CloudLink leaves it out when there is nothing (quirk Q-19).
        if (!items.empty())
            whole.embedded = cloudlink::embedded_items<item>{.items = tipring::list<item>{items}};
        return reply<Op>(whole);
    }

    template <http::operation_type Op>
    http::response reply_users(const Op& op);
    template <http::operation_type Op>
    http::response reply_conversations(const Op& op);

    cloudlink::user shown(const person& of);
    cloudlink::conversation shown(const talk& of);
    cloudlink::message shown(const said_message& of);

    person& named(text user_id);
    /// Of a conversation that is not one's own nobody learns that there is one.
    talk& own_talk(text conversation_id);
    void publish(const talk& in, const said_message& what);

    surroundings around_;
};

} // namespace stand_in
