// The pager: from the answer to one page of a list to the request for the next, as a value. It
// follows the server's link word for word, never to another origin, never in a circle, never for
// ever. Not here: reading the pages (answer.hpp, row_stream.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include <tipring/core/arena.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/http/request.hpp>
#include <tipring/http/url.hpp>

namespace tipring::inline TIPRING_ABI::http {

struct paging_limits {
    /// More pages than this are errc::too_many_pages. A million calls are 1,000 pages of 1,000.
    std::uint32_t most_pages = 100'000;
    /// Lenient for links of servers that do not encode what they should (quirk Q-21). A pager whose
    /// operation is of such an API (api::has_raw_links, CloudLink) is so by itself.
    url_characters characters = url_characters::strict;
    /// Put in front of links outside of it: the path of a proxy that takes it off, such as
    /// `/recorder`, so that the server knows its own paths only. As origin_server::prefix; empty
    /// for links as they are.
    text link_prefix = {};
};

namespace detail {

/// Remembers where a walk has been, in constant room: the last few stops, and one kept for ever
/// longer stretches, so that a circle of any length is noticed at the latest when it has been
/// walked three times (Brent).
class visited {
public:
    /// False when `target` is one of those remembered.
    constexpr bool visit(text target) {
        const std::uint64_t mark = hash(target);
        for (std::size_t i = 0; i < recent_count && i < count_; ++i)
            if (recent_[i] == mark) return false;
        if (count_ > recent_count && anchor_ == mark) return false;
        recent_[count_ % recent_count] = mark;
        if ((count_ & (count_ - 1)) == 0) anchor_ = mark;
        ++count_;
        return true;
    }

private:
    static constexpr std::size_t recent_count = 8;

    /// FNV-1a over the bytes, escapes decoded: a page stays the same whether a link to it was
    /// encoded by us or by its server, which may do it otherwise or not at all (quirk Q-21).
    static constexpr std::uint64_t hash(text target) {
        std::uint64_t value = 0xCBF29CE484222325u;
        for (std::size_t at = 0; at < target.size(); ++at) {
            auto byte = static_cast<unsigned>(static_cast<unsigned char>(target[at]));
            if (byte == '%' && target.size() - at > 2) {
                byte = static_cast<unsigned>(hex_value(target[at + 1]) * 16 +
                                             hex_value(target[at + 2]));
                at += 2;
            }
            value = (value ^ byte) * 0x100000001B3u;
        }
        return value;
    }

    std::uint64_t recent_[recent_count] = {};
    std::uint64_t anchor_ = 0;
    std::uint32_t count_ = 0;
};

} // namespace detail

/// Walks over the pages of a list. A small copyable value without memory of its own.
///
///     tipring::pager pages{server};
///     auto request = pages.first(miarec::list_calls{.limit = 1000}, memory);
///     while (request && *request) {
///         // send **request, decode the page, use it
///         request = pages.next(*page->next_url, memory);
///     }
class pager {
public:
    /// A request, or nothing when all pages were read.
    using step = result<std::optional<request>>;

    explicit pager(const origin_server& server, const paging_limits& limits = {})
        : server_{server}, limits_{limits} {}

    /// The request for the first page. Also starts again.
    template <operation_type Op>
    step first(const Op& op, arena& memory TIPRING_LIFETIMEBOUND) {
        return begin(encode(op, server_, memory), *operation_of<Op>.api);
    }

    /// The request for the page that `next_url` of the present one leads to, or `next` in its
    /// `_links`; nothing when that is absent, null or empty. The link is used as it stands (quirks
    /// D-48, D-61), but for what paging_limits::characters allows.
    /// errc::other_origin and bad_url with the path `next_url` and the offset in it, repeated_page,
    /// too_many_pages, bad_url with `link_prefix`, bad_parameter with `base_target`; after these,
    /// and before first(), the walk is over and all that comes is errc::wrong_order. After
    /// errc::capacity the same link may be tried again; `needed` is a size of the whole arena that
    /// is enough. `memory` is as it was after errors. `base_target` is the target of the present
    /// page, for servers whose links are relative to it; MiaRec's start with a slash.
    step next(text next_url, arena& memory TIPRING_LIFETIMEBOUND, text base_target = "/") {
        if (pages_ == 0 || is_over_) return errc::wrong_order;
        if (next_url.empty()) return std::optional<request>{};
        detail::request_memory room{memory};
        request built{.origin = server_.origin};
        is_over_ = !build_next(next_url, base_target, room, built);
        if (is_over_ || room.is_short) return room.undo();
        ++pages_;
        return std::optional<request>{built};
    }

    /// How many pages were asked for.
    std::uint32_t pages() const { return pages_; }

private:
    step begin(const result<request>& built, const api& vendor) {
        characters_ = vendor.has_raw_links ? url_characters::lenient : limits_.characters;
        seen_ = {};
        pages_ = 0;
        is_over_ = false;
        if (!built) return built.error();
        seen_.visit(built->target);
        pages_ = 1;
        return std::optional<request>{*built};
    }
    bool build_next(text next_url, text base_target, detail::request_memory& room, request& built) {
        if (pages_ >= limits_.most_pages) {
            room.failure.needed_is_lower_bound = true;
            room.failure.needed = std::size_t{pages_} + 1;
            return room.fail(errc::too_many_pages);
        }
        const text prefix = limits_.link_prefix;
        if (!detail::is_usable_prefix(prefix)) return room.fail_at("link_prefix", errc::bad_url);
        const auto put_target = [&](writer& out) {
            out.put(prefix);
            if (room.note(resolve(server_.origin, base_target, next_url, out, characters_)))
                return true;
            const error& failure = room.failure;
            if (failure.path.size == 0) room.fail_at("next_url", failure.code, failure.offset);
            return false;
        };
        if (!room.put(built.target, put_target) ||
            !detail::build_headers(server_, room, built.headers))
            return false;
        if (const text link = slice(built.target, prefix.size());
            link.starts_with(prefix) && slice(link, prefix.size()).starts_with('/'))
            built.target = link;
        if (room.is_short || seen_.visit(built.target)) return true;
        return room.fail(errc::repeated_page);
    }

    origin_server server_;
    paging_limits limits_;
    /// Of the links of the present walk.
    url_characters characters_ = url_characters::strict;
    detail::visited seen_ = {};
    std::uint32_t pages_ = 0;
    bool is_over_ = false;
};

} // namespace tipring::inline TIPRING_ABI::http

namespace tipring::inline TIPRING_ABI {
using http::pager;
}
