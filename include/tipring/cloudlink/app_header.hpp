// The header that CloudLink wants with every request, `x-mitel-app` (CloudLink's REST API guide,
// "Headers"; quirk 16): which program calls, on what, and in which run. Written strictly, read
// leniently. Not here: new session ids (core/uuid.hpp), the rest of a request (http/request.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include <tipring/core/config.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/uuid.hpp>
#include <tipring/http/field_rules.hpp>
#include <tipring/http/message.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

inline constexpr text app_header_name = "x-mitel-app";
/// More bytes than this are never written, and are a deviation when received.
inline constexpr std::size_t longest_app_header = 256;

/// Who calls. All of them are required. Letters are written in lower case, since the whole header
/// must be.
struct app {
    /// The application's name, `meetings`: letters and digits, in words with `-` between them.
    text name = {};
    /// `web`, `desktop`, `android`, `ios`: letters and digits.
    text flavor = {};
    /// Best by semantic versioning, `1.0.4`: letters, digits and `.-+_`.
    text version = {};
    /// `windows`, `android`, `azure`. What may not stand there becomes `-`.
    text os = {};
    /// As exact as the system says, `10.0.19041`. What may not stand there becomes `-`.
    text os_version = {};
    /// A UUID, the same for the whole run of the program and new in the next; see random_uuid.
    text session = {};
};

/// The documents do not agree with themselves, so a server may insist on one of these.
enum class app_spelling : std::uint8_t {
    documented, ///< `app=…/1.0.4;platform=…;session=…;`, the guide's template less its typo
    session_id, ///< `app=…/1.0.4;platform=…;session-id=…;`
    example,    ///< `app=…/1.0.4/;platform=…;session-id=…;`, the guide's example to the byte
};

namespace detail {

/// Which characters, other than lower-case letters and digits, a part may hold.
inline constexpr text app_version_marks = ".-+_";
inline constexpr text os_marks = ".-_";
inline constexpr text os_version_marks = ".-+_";

constexpr bool is_app_char(char c, text marks) {
    return is_lower(c) || is_digit(c) || marks.find(c) != text::npos;
}

/// The offset of the first character, letters taken as lower case, that is not of `marks`, or of
/// the dash that has no word before or behind it when `in_words`; part.size() when there is none.
constexpr std::size_t find_bad_in_app(text part, text marks, bool in_words = false) {
    for (std::size_t at = 0; at < part.size(); ++at) {
        if (!is_app_char(to_lower(part[at]), marks)) return at;
        const bool between = at != 0 && part[at - 1] != '-' && at + 1 != part.size();
        if (in_words && part[at] == '-' && !between) return at;
    }
    return part.size();
}

/// Puts an `app` into a header's value; the first failure sticks.
class app_printer {
public:
    constexpr explicit app_printer(writer& out) : out_{out} {}

    constexpr const error& failure() const { return failure_; }
    constexpr void literal(text bytes) { out_.put(bytes); }

    /// Refuses what may not stand there.
    constexpr void exact(text part, text name, text marks, bool in_words = false) {
        if (!check_given(part, name)) return;
        const std::size_t bad = find_bad_in_app(part, marks, in_words);
        if (bad != part.size()) return fail(about(errc::bad_parameter, name, bad));
        lower(part);
    }
    /// One `-` for each run of what may not stand there, and none at the ends.
    constexpr void mapped(text part, text name, text marks) {
        if (!check_given(part, name)) return;
        bool is_empty = true;
        bool was_mapped = false;
        for (const char each : part) {
            const char c = to_lower(each);
            if (c == '-' || !is_app_char(c, marks)) {
                was_mapped = true;
                continue;
            }
            if (was_mapped && !is_empty) out_.put('-');
            was_mapped = false;
            is_empty = false;
            out_.put(c);
        }
        if (is_empty) fail(about(errc::bad_parameter, name, 0));
    }
    constexpr void uuid(text part, text name) {
        if (!check_given(part, name)) return;
        const std::size_t bad = find_bad_in_uuid(part);
        if (bad != text::npos) return fail(about(errc::bad_parameter, name, bad));
        lower(part);
    }

private:
    constexpr bool check_given(text part, text name) {
        if (part.empty()) fail(about(errc::missing_parameter, name));
        return !part.empty();
    }
    constexpr void fail(const error& failure) {
        if (failure_.code == errc::ok) failure_ = failure;
    }
    constexpr void lower(text part) {
        for (const char c : part) out_.put(to_lower(c));
    }

    writer& out_;
    error failure_ = {};
};

} // namespace detail

/// The header `x-mitel-app`, made once and sent with every request of a run, by
/// `origin_server::headers`. Its bytes are its own. An empty one has an empty header.
class app_header {
public:
    using owns_its_bytes = void;

    /// errc::missing_parameter for an empty member of `who`, errc::bad_parameter with the member
    /// and the offset of the first character that may not stand there (for `os` and `os_version`:
    /// when nothing of them may), errc::too_long with the size of the header when that is more than
    /// longest_app_header.
    static constexpr result<app_header> make(const app& who,
                                             app_spelling spelling = app_spelling::documented) {
        app_header made;
        writer out{made.bytes_};
        detail::app_printer print{out};
        print.literal("app=");
        print.exact(who.name, "name", "-", true);
        print.literal("-");
        print.exact(who.flavor, "flavor", "");
        print.literal("/");
        print.exact(who.version, "version", detail::app_version_marks);
        print.literal(spelling == app_spelling::example ? "/;platform=" : ";platform=");
        print.mapped(who.os, "os", detail::os_marks);
        print.literal("/");
        print.mapped(who.os_version, "os_version", detail::os_version_marks);
        print.literal(spelling == app_spelling::documented ? ";session=" : ";session-id=");
        print.uuid(who.session, "session");
        print.literal(";");
        if (print.failure().code != errc::ok) return print.failure();
        if (!out.fits()) return error{.code = errc::too_long, .needed = out.size()};
        made.size_ = out.size();
        return made;
    }

    constexpr app_header() = default;

    constexpr bool empty() const { return size_ == 0; }
    /// Views this object.
    constexpr http::header header() const& TIPRING_LIFETIMEBOUND {
        return {.name = app_header_name, .value = text{bytes_, size_}};
    }
    http::header header() const&& = delete;

private:
    std::size_t size_ = 0;
    char bytes_[longest_app_header] = {};
};

/// What a received header may have other than the strict form. All of them are read over.
enum class app_deviation : std::uint8_t {
    no_app_key,          ///< `meetings-desktop/1.0.4` without `app=`
    no_name,             ///< the application has no name, or is not there at all
    no_flavor,           ///< a name without `-`, or nothing behind the last one
    no_version,          ///< no `/` in the application, or nothing behind it
    slash_after_version, ///< `1.0.4/`
    app_characters,      ///< what may not stand in name, flavor or version
    platfom_key,         ///< `platfom`, as in the guide's template
    no_os,               ///< the platform has no name, or is not there at all
    no_os_version,       ///< no `/` in the platform, or nothing behind it
    platform_characters, ///< what may not stand there, such as `#1 SMP`
    session_id_key,      ///< `session-id` or `sessionid`
    no_session,          ///< the session is empty or not there at all
    not_a_uuid,          ///< the session is something else
    upper_case,          ///< an upper-case letter, wherever
    blanks,              ///< around a part, a key or a value
    empty_part,          ///< `;;`
    no_last_semicolon,   ///< also of an empty header
    other_order,         ///< application, platform and session are not in this order
    repeated_key,        ///< the first one counts
    unknown_part,        ///< a key that is none of the above, or a part that has none
    too_long,            ///< more than longest_app_header
    count_
};

/// The name of the enumerator, for logs.
constexpr text name(app_deviation which) {
    constexpr text names[] = {"no_app_key",
                              "no_name",
                              "no_flavor",
                              "no_version",
                              "slash_after_version",
                              "app_characters",
                              "platfom_key",
                              "no_os",
                              "no_os_version",
                              "platform_characters",
                              "session_id_key",
                              "no_session",
                              "not_a_uuid",
                              "upper_case",
                              "blanks",
                              "empty_part",
                              "no_last_semicolon",
                              "other_order",
                              "repeated_key",
                              "unknown_part",
                              "too_long"};
    static_assert(sizeof names / sizeof names[0] ==
                  static_cast<std::size_t>(app_deviation::count_));
    return which < app_deviation::count_ ? names[static_cast<std::size_t>(which)] : text{};
}

/// A set of them.
struct app_deviations {
    std::uint32_t bits = 0;

    constexpr bool has(app_deviation which) const {
        return (bits >> static_cast<unsigned>(which) & 1u) != 0;
    }
    constexpr bool none() const { return bits == 0; }
    constexpr void add(app_deviation which) { bits |= 1u << static_cast<unsigned>(which); }
    friend constexpr bool operator==(app_deviations, app_deviations) = default;
};

enum class app_part_kind : std::uint8_t { app, platform, session, unknown };

/// One of the parts between semicolons, without the blanks around key and value. A part without `=`
/// has no key.
struct app_part {
    app_part_kind kind = app_part_kind::unknown;
    text key = {};
    text value = {};
};

namespace detail {

/// As slice(), but an empty one keeps its place, so that an offset can be told.
constexpr text piece_of(text whole, std::size_t start, std::size_t end = text::npos) {
    whole.remove_suffix(end < whole.size() ? whole.size() - end : 0);
    whole.remove_prefix(start < whole.size() ? start : whole.size());
    return whole;
}
/// Both sides of the first or last `mark`; the second is empty when there is none.
struct app_halves {
    text left = {};
    text right = {};
    bool is_split = false;
};
constexpr app_halves split_app(text whole, std::size_t mark) {
    const bool is_split = mark != text::npos;
    return {.left = piece_of(whole, 0, mark),
            .right = piece_of(whole, is_split ? mark + 1 : whole.size()),
            .is_split = is_split};
}

/// One piece between semicolons with all that was seen of it.
struct app_piece {
    app_part part = {};
    text whole = {};
    bool has_blanks = false;
    bool is_last = false;
};

constexpr app_part_kind app_kind_of(text key) {
    struct spelled {
        text key;
        app_part_kind kind;
    };
    constexpr spelled keys[] = {{"app", app_part_kind::app},
                                {"platform", app_part_kind::platform},
                                {"platfom", app_part_kind::platform},
                                {"session", app_part_kind::session},
                                {"session-id", app_part_kind::session},
                                {"sessionid", app_part_kind::session}};
    for (const spelled& each : keys)
        if (equal_ignoring_case(each.key, key)) return each.kind;
    return app_part_kind::unknown;
}

/// Takes pieces from the left until one is the last.
class app_piece_reader {
public:
    constexpr explicit app_piece_reader(text value) : rest_{value} {}

    constexpr app_piece next() {
        const app_halves at_semicolon = split_app(rest_, rest_.find(';'));
        rest_ = at_semicolon.right;
        app_piece piece{.whole = at_semicolon.left, .is_last = !at_semicolon.is_split};
        const text inner = trimmed(piece.whole);
        const app_halves pair = split_app(inner, inner.find('='));
        const text key = pair.is_split ? pair.left : text{};
        const text value = pair.is_split ? pair.right : inner;
        piece.part = {
            .kind = app_kind_of(trimmed(key)), .key = trimmed(key), .value = trimmed(value)};
        piece.has_blanks = inner.size() != piece.whole.size() ||
                           piece.part.key.size() != key.size() ||
                           piece.part.value.size() != value.size();
        // Only the first may come without its key, and only when it cannot be anything else.
        if (is_first_ && pair.left.find('/') != text::npos)
            piece.part = {.kind = app_part_kind::app, .value = inner};
        is_first_ = is_first_ && inner.empty();
        return piece;
    }

private:
    text rest_;
    bool is_first_ = true;
};

} // namespace detail

/// Goes through the parts of a received header from the left, empty ones left out: also those whose
/// keys are not known and those that came twice. Views `value`.
class app_part_reader {
public:
    constexpr explicit app_part_reader(text value TIPRING_LIFETIMEBOUND) : pieces_{value} {}

    /// Nothing after the last one.
    constexpr std::optional<app_part> next() {
        while (!is_done_) {
            const detail::app_piece piece = pieces_.next();
            is_done_ = piece.is_last;
            if (!trimmed(piece.whole).empty()) return piece.part;
        }
        return std::nullopt;
    }

private:
    detail::app_piece_reader pieces_;
    bool is_done_ = false;
};

/// What a received header says: views of its value, as they were written, empty where nothing was.
/// make() of them is the strict form, as far as there is one.
struct received_app {
    cloudlink::app app = {};
    app_deviations deviations = {};
};

enum class app_reading : std::uint8_t {
    lenient, ///< deviations are noted
    strict,  ///< the first deviation is an error
};

namespace detail {

constexpr errc code_of(app_deviation which) {
    switch (which) {
    case app_deviation::no_name:
    case app_deviation::no_flavor:
    case app_deviation::no_version:
    case app_deviation::no_os:
    case app_deviation::no_os_version:
    case app_deviation::no_session: return errc::missing_parameter;
    case app_deviation::repeated_key: return errc::duplicate_parameter;
    case app_deviation::unknown_part: return errc::unknown_parameter;
    case app_deviation::too_long: return errc::too_long;
    default: return errc::bad_header;
    }
}

class app_header_reader {
public:
    constexpr explicit app_header_reader(text value) : value_{value} {}

    constexpr const received_app& found() const { return found_; }
    /// Of the deviation that is the leftmost in the text.
    constexpr const error& first() const { return first_; }

    constexpr void run() {
        app_piece_reader pieces{value_};
        app_piece piece{};
        do {
            piece = pieces.next();
            take(piece);
        } while (!piece.is_last);
        const std::size_t end = value_.size();
        if (!seen(app_part_kind::app)) note(app_deviation::no_name, "name", end);
        if (!seen(app_part_kind::platform)) note(app_deviation::no_os, "os", end);
        if (!seen(app_part_kind::session)) note(app_deviation::no_session, "session", end);
        if (!trimmed(piece.whole).empty() || end == 0)
            note(app_deviation::no_last_semicolon, {}, end);
        if (end > longest_app_header) note(app_deviation::too_long, {}, longest_app_header);
        if (first_.code == errc::too_long) first_.needed = end;
    }

private:
    constexpr std::size_t offset_of(text part) const {
        return static_cast<std::size_t>(part.data() - value_.data());
    }
    constexpr void note(app_deviation which, text part, std::size_t offset) {
        found_.deviations.add(which);
        if (first_.code != errc::ok && first_.offset <= offset) return;
        first_ = {.code = code_of(which), .offset = offset};
        if (!part.empty()) first_.path.push_member(part);
    }
    constexpr bool seen(app_part_kind kind) const {
        return (seen_ >> static_cast<unsigned>(kind) & 1u) != 0;
    }

    constexpr void take(const app_piece& piece) {
        if (piece.has_blanks) note(app_deviation::blanks, {}, offset_of(piece.whole));
        if (trimmed(piece.whole).empty()) {
            if (!piece.is_last) note(app_deviation::empty_part, {}, offset_of(piece.whole));
            return;
        }
        const app_part& part = piece.part;
        if (part.kind == app_part_kind::unknown) {
            note(app_deviation::unknown_part, {}, offset_of(piece.whole));
            note_upper_case(piece.whole, {});
            return;
        }
        constexpr text names[] = {"app", "platform", "session"};
        const text name = names[static_cast<std::size_t>(part.kind)];
        note_upper_case(part.key, name);
        if (seen(part.kind)) {
            note(app_deviation::repeated_key, name, offset_of(piece.whole));
            note_upper_case(part.value, name);
            return;
        }
        if (seen_ >> static_cast<unsigned>(part.kind) != 0)
            note(app_deviation::other_order, name, offset_of(piece.whole));
        seen_ |= 1u << static_cast<unsigned>(part.kind);
        switch (part.kind) {
        case app_part_kind::app: take_app(part); break;
        case app_part_kind::platform: take_platform(part); break;
        default: take_session(part); break;
        }
    }

    constexpr void take_app(const app_part& part) {
        if (part.key.empty()) note(app_deviation::no_app_key, "app", offset_of(part.value));
        const app_halves halves = split_app(part.value, part.value.find('/'));
        const app_halves names = split_app(halves.left, halves.left.rfind('-'));
        text version = halves.right;
        if (version.ends_with('/')) {
            version.remove_suffix(1);
            note(app_deviation::slash_after_version, "version",
                 offset_of(version) + version.size());
        }
        found_.app.name = names.left;
        found_.app.flavor = names.right;
        found_.app.version = version;
        const auto bad = app_deviation::app_characters;
        check(names.left, "name", "-", app_deviation::no_name, bad, true);
        check(names.right, "flavor", "", app_deviation::no_flavor, bad);
        check(version, "version", app_version_marks, app_deviation::no_version, bad);
    }
    constexpr void take_platform(const app_part& part) {
        if (equal_ignoring_case(part.key, "platfom"))
            note(app_deviation::platfom_key, "platform", offset_of(part.key));
        const app_halves halves = split_app(part.value, part.value.find('/'));
        found_.app.os = halves.left;
        found_.app.os_version = halves.right;
        const auto bad = app_deviation::platform_characters;
        check(halves.left, "os", os_marks, app_deviation::no_os, bad);
        check(halves.right, "os_version", os_version_marks, app_deviation::no_os_version, bad);
    }
    constexpr void take_session(const app_part& part) {
        if (!equal_ignoring_case(part.key, "session"))
            note(app_deviation::session_id_key, "session", offset_of(part.key));
        found_.app.session = part.value;
        note_upper_case(part.value, "session");
        if (part.value.empty())
            note(app_deviation::no_session, "session", offset_of(part.value));
        else if (const std::size_t at = find_bad_in_uuid(part.value); at != text::npos)
            note(app_deviation::not_a_uuid, "session", offset_of(part.value) + at);
    }

    constexpr void check(text part, text name, text marks, app_deviation if_empty,
                         app_deviation if_bad, bool in_words = false) {
        if (part.empty()) return note(if_empty, name, offset_of(part));
        note_upper_case(part, name);
        const std::size_t bad = find_bad_in_app(part, marks, in_words);
        if (bad != part.size()) note(if_bad, name, offset_of(part) + bad);
    }
    constexpr void note_upper_case(text part, text name) {
        for (std::size_t at = 0; at < part.size(); ++at)
            if (is_upper(part[at]))
                return note(app_deviation::upper_case, name, offset_of(part) + at);
    }

    text value_;
    received_app found_ = {};
    error first_ = {};
    unsigned seen_ = 0;
};

} // namespace detail

/// Reads the value of `x-mitel-app`, for servers, gateways and tests; find it by
/// http::header_value(headers, app_header_name). Key without case, parts in any order, the first of
/// two counts; the application's name ends at the last `-` before the first `/`.
///
/// errc::bad_header with the offset for CR, LF, NUL and any other control character. Strictly read,
/// also for the leftmost deviation, with the member of `app` (or its key) and the offset:
/// errc::missing_parameter, duplicate_parameter, unknown_parameter, too_long, bad_header.
constexpr result<received_app> parse_app_header(text value TIPRING_LIFETIMEBOUND,
                                                app_reading how = app_reading::lenient) {
    const std::size_t bad = http::find_bad_in_value(value, http::obs_text::allowed);
    if (bad != value.size()) return error{.code = errc::bad_header, .offset = bad};
    detail::app_header_reader reader{value};
    reader.run();
    if (how == app_reading::strict && !reader.found().deviations.none()) return reader.first();
    return reader.found();
}

} // namespace tipring::inline TIPRING_ABI::cloudlink
