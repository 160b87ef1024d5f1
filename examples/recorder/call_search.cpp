#if defined(__GNUC__) && !defined(__clang__)
// With a sanitizer GCC 12 warns of std::regex itself (GCC bug 105562).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include "call_search.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "refusal.hpp"

namespace recorder {

namespace {

using miarec::comparison;
using miarec::condition;
using miarec::condition_value;
using parameter = miarec::search_parameter;

/// The values that one parameter has in one call.
struct values {
    std::array<text, 16> items = {};
    std::size_t count = 0;

    void add(text value) {
        if (count < items.size()) items[count++] = value;
    }
    template <class T>
    void add(const tipring::field<T>& member) {
        add(value_of(member));
    }
    /// Both sides, or one of them.
    void add(const tipring::field<text>& from, const tipring::field<text>& to) {
        add(from);
        add(to);
    }

    template <class Test>
    bool any(const Test& test) const {
        return std::any_of(items.data(), items.data() + count, test);
    }
};

template <class Look>
void each_user(const store& data, const miarec::call& call, const Look& look) {
    for (const miarec::participant& side : *call.participants)
        if (const miarec::user* const user = data.users.find(value_of(side.user_id))) look(*user);
}

void add_clients(const store& data, const miarec::call& call, values& into) {
    data.clients.each([&](const miarec::client& client) {
        for (const miarec::contact& each : *client.contacts) {
            const text number = value_of(each.phone_number);
            if (number.empty()) continue;
            if (number == value_of(call.from_number) || number == value_of(call.to_number))
                into.add(client.client_id);
        }
    });
}

/// Parameters about the people and objects around a call.
bool add_related(const store& data, const stored_call& call, parameter which, values& into) {
    const miarec::call& c = *call.data;
    switch (which) {
    case parameter::user_id:
        for (const miarec::participant& each : *c.participants) into.add(each.user_id);
        return true;
    case parameter::user_name:
        each_user(data, c, [&](const miarec::user& user) { into.add(user.name); });
        return true;
    case parameter::group_id:
        each_user(data, c, [&](const miarec::user& user) { into.add(user.group_id); });
        return true;
    case parameter::tenant_id: into.add(c.tenant_id); return true;
    case parameter::client_id: add_clients(data, c, into); return true;
    case parameter::notes: into.add(text{call.note}); return true;
    case parameter::file_path:
        for (const miarec::file& each : *c.files) into.add(each.file_path);
        return true;
    case parameter::encrypt_fingerprint:
        for (const miarec::file& each : *c.files) into.add(each.encrypt_key);
        return true;
    default: return false;
    }
}

/// Parameters that are members of the call itself.
void add_own(const miarec::call& c, parameter which, values& into) {
    switch (which) {
    case parameter::call_id: into.add(c.call_id); break;
    case parameter::pbx_call_id: into.add(c.protocol_call_id); break;
    case parameter::phone_number: into.add(c.from_number, c.to_number); break;
    case parameter::phone_number_from: into.add(c.from_number); break;
    case parameter::phone_number_to: into.add(c.to_number); break;
    case parameter::phone_name: into.add(c.from_name, c.to_name); break;
    case parameter::phone_name_from: into.add(c.from_name); break;
    case parameter::phone_name_to: into.add(c.to_name); break;
    case parameter::phone_id: into.add(c.from_id, c.to_id); break;
    case parameter::phone_id_from: into.add(c.from_id); break;
    case parameter::phone_id_to: into.add(c.to_id); break;
    case parameter::redirected_from_number: into.add(transferred_from(c).number); break;
    case parameter::redirected_from_name: into.add(transferred_from(c).name); break;
    case parameter::redirected_from_id: into.add(transferred_from(c).id); break;
    case parameter::redirected_to_number: into.add(transferred_to(c).number); break;
    case parameter::redirected_to_name: into.add(transferred_to(c).name); break;
    case parameter::redirected_to_id: into.add(transferred_to(c).id); break;
    case parameter::phone_ip_address: into.add(c.from_ip, c.to_ip); break;
    case parameter::phone_ip_address_from: into.add(c.from_ip); break;
    case parameter::phone_ip_address_to: into.add(c.to_ip); break;
    case parameter::broadworks_sp_id: into.add(c.broadworks_sp_id); break;
    case parameter::broadworks_group_id: into.add(c.broadworks_group_id); break;
    case parameter::broadworks_user_id: into.add(c.broadworks_user_id); break;
    case parameter::cisco_phone_ip: into.add(c.cisco_phone_ip); break;
    case parameter::cisco_refci: into.add(c.cisco_nearend_refci, c.cisco_farend_refci); break;
    case parameter::metaswitch_system: into.add(c.metaswitch_system); break;
    case parameter::metaswitch_group: into.add(c.metaswitch_group); break;
    case parameter::metaswitch_user: into.add(c.metaswitch_user); break;
    case parameter::agent_id: into.add(c.agent_id); break;
    case parameter::agent_name: into.add(c.agent_name); break;
    default: break;
    }
}

values values_of(const store& data, const stored_call& call, parameter which) {
    values found;
    if (!add_related(data, call, which, found)) add_own(*call.data, which, found);
    return found;
}

/// SQL's LIKE. Goes back to the last `%` when it gets stuck, so it takes no more than the product
/// of both sizes.
bool matches_pattern(text value, text pattern) {
    std::size_t v = 0;
    std::size_t p = 0;
    std::size_t last_run = text::npos;
    std::size_t retry = 0;
    const auto next_character = [&](std::size_t at) {
        do ++at;
        while (at < value.size() && (static_cast<unsigned char>(value[at]) & 0xC0u) == 0x80u);
        return at;
    };
    while (v < value.size()) {
        if (p < pattern.size() && pattern[p] == '%') {
            last_run = p++;
            retry = v;
        } else if (p < pattern.size() && pattern[p] == '_') {
            v = next_character(v);
            ++p;
        } else if (p < pattern.size() && pattern[p] == value[v]) {
            ++v;
            ++p;
        } else if (last_run != text::npos) {
            p = last_run + 1;
            retry = next_character(retry);
            v = retry;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '%') ++p;
    return p == pattern.size();
}

std::regex compile(const condition& wanted) {
    const std::string name = std::string{wanted.name()} + "__regex";
    if (wanted.words().size() > 200) throw invalid(name, "longer than 200 bytes");
    auto flags = std::regex::ECMAScript | std::regex::optimize;
#ifdef __GLIBCXX__
    // Bounds the time, at the price of having no back references.
    flags |= std::regex_constants::__polynomial;
#endif
    try {
        return std::regex{wanted.words().begin(), wanted.words().end(), flags};
    } catch (const std::regex_error&) {
        throw invalid(name, "not a regular expression that can be evaluated here");
    }
}

double decimal(text written) {
    double value = 0;
    std::from_chars(written.data(), written.data() + written.size(), value);
    return value;
}

/// Numbers that the stand-in has; nothing for those of evaluations and of Cisco UCCE.
std::optional<double> number_of(const stored_call& call, parameter which) {
    if (which == parameter::notes_count) return call.note.empty() ? 0 : 1;
    if (which == parameter::screen_recordings_count) return 0;
    return std::nullopt;
}

bool matches_number(const stored_call& call, const condition& wanted) {
    const auto value = number_of(call, wanted.parameter());
    if (wanted.op() == comparison::is_empty) return !value;
    if (wanted.op() == comparison::not_equal_to && !value) return true;
    if (!value) return false;
    const bool is_integer = wanted.kind() == condition_value::integers;
    const double first = is_integer ? static_cast<double>(wanted.integers().first)
                                    : decimal(wanted.decimals().first.value);
    const double last = is_integer ? static_cast<double>(wanted.integers().last)
                                   : decimal(wanted.decimals().last.value);
    switch (wanted.op()) {
    case comparison::equal_to: return !(*value < first) && !(first < *value);
    case comparison::not_equal_to: return *value < first || first < *value;
    case comparison::greater_than: return *value > first;
    case comparison::lower_than: return *value < first;
    case comparison::between: return *value >= first && *value <= last;
    default: return true; // not_empty
    }
}

bool matches_duration(const stored_call& call, const condition& wanted) {
    if (!call.duration) return false;
    const auto bounds = wanted.durations();
    switch (wanted.op()) {
    case comparison::greater_than: return *call.duration > bounds.shortest;
    case comparison::lower_than: return *call.duration < bounds.shortest;
    default: return *call.duration >= bounds.shortest && *call.duration <= bounds.longest;
    }
}

/// The number of a set whose values are numbers.
std::optional<std::int64_t> enum_of(const miarec::call& c, parameter which) {
    const auto number = [](const auto& member) -> std::optional<std::int64_t> {
        if (!member) return std::nullopt;
        return static_cast<std::int64_t>(*member);
    };
    switch (which) {
    case parameter::direction: return number(c.protocol_call_direction);
    case parameter::voip_protocol: return number(c.voip_protocol);
    case parameter::call_state: return number(c.call_state);
    case parameter::record_state: return number(c.record_state);
    default: return std::nullopt;
    }
}

/// Directions may also be given as words; which ones, the manual does not say (quirk D-43).
std::optional<std::int64_t> wanted_number(const condition& wanted) {
    if (wanted.kind() == condition_value::integers) return wanted.integers().first;
    if (wanted.parameter() != parameter::direction) return std::nullopt;
    constexpr text names[] = {"unknown", "outbound", "inbound"};
    for (std::int64_t i = 0; i < 3; ++i)
        if (wanted.words() == names[i]) return i;
    return std::nullopt;
}

bool is_confidential(const store& data, const miarec::call& call) {
    bool is = false;
    each_user(data, call, [&](const miarec::user& user) {
        is = is || *(*user.fieldset_recording).confidential;
    });
    return is;
}

} // namespace

bool contains_ignoring_case(text whole, text part) {
    const auto same = [](char a, char b) { return tipring::to_lower(a) == tipring::to_lower(b); };
    return std::search(whole.begin(), whole.end(), part.begin(), part.end(), same) != whole.end() ||
           part.empty();
}

call_matcher::call_matcher(const store& data, const miarec::list_calls& search, utc_instant now,
                           std::chrono::minutes zone)
    : data_{data}, search_{search}, now_{now}, zone_{zone}, patterns_(search.where.size()) {
    for (std::size_t i = 0; i < search.where.size(); ++i) {
        const condition& wanted = search.where[i];
        const std::string name{wanted.name()};
        if (wanted.parameter() == parameter::other)
            throw invalid(name, "no such parameter, or it does not have this operator");
        if (wanted.op() == comparison::regex) patterns_[i] = compile(wanted);
    }
}

bool call_matcher::operator()(const stored_call& call) const {
    if (search_.where.empty()) return matches_basic(call);
    for (std::size_t i = 0; i < search_.where.size(); ++i)
        if (!matches(call, i)) return false;
    return true;
}

utc_instant call_matcher::start_of(tipring::calendar_date day) const {
    return utc_instant{std::chrono::sys_days{day}} - zone_;
}

bool call_matcher::matches_basic(const stored_call& call) const {
    const miarec::list_calls& s = search_;
    const miarec::call& c = *call.data;
    const auto holds = [&](parameter which, text wanted) {
        return values_of(data_, call, which).any([&](text value) { return value == wanted; });
    };
    if (s.daterange && call.setup < start_of((*s.daterange).first)) return false;
    if (s.daterange && call.setup >= start_of((*s.daterange).last) + std::chrono::days{1})
        return false;
    if (s.user_id && !takes_part(c, (*s.user_id).value)) return false;
    if (s.user_login) {
        const miarec::user* const user = data_.user_with_login(*s.user_login);
        if (!user || !takes_part(c, value_of(user->user_id))) return false;
    }
    if (s.group_id && !holds(parameter::group_id, (*s.group_id).value)) return false;
    if (s.tenant_id && value_of(c.tenant_id) != (*s.tenant_id).value) return false;
    if (s.category_id) return false; // No call has a category here.
    if (s.broadworks_user_id && value_of(c.broadworks_user_id) != *s.broadworks_user_id)
        return false;
    if (s.broadworks_group_id && value_of(c.broadworks_group_id) != *s.broadworks_group_id)
        return false;
    if (*s.active_only && !call.is_active) return false;
    if (!s.search_term) return true;
    values searched;
    searched.add(c.from_number, c.to_number);
    searched.add(c.from_name, c.to_name);
    searched.add(text{call.note});
    return searched.any([&](text value) { return contains_ignoring_case(value, *s.search_term); });
}

bool call_matcher::matches(const stored_call& call, std::size_t index) const {
    const condition& wanted = search_.where[index];
    switch (wanted.parameter()) {
    case parameter::date:
    case parameter::datetime: return matches_time(call, wanted);
    case parameter::duration: return matches_duration(call, wanted);
    case parameter::notes_count:
    case parameter::cisco_ucce_recovery_key:
    case parameter::evaluation_report_score:
    case parameter::evaluation_reports_count:
    case parameter::screen_recordings_count: return matches_number(call, wanted);
    case parameter::confidential:
        return is_confidential(data_, *call.data) == (wanted.op() == comparison::is_true);
    default: break;
    }
    if (wanted.op() == comparison::is || wanted.op() == comparison::is_not)
        return matches_set(call, wanted);
    return matches_text(call, index);
}

/// Sets, and text of which only the whole counts.
bool call_matcher::matches_set(const stored_call& call, const condition& wanted) const {
    const bool positive = wanted.op() == comparison::is;
    if (const auto number = enum_of(*call.data, wanted.parameter()))
        return (number == wanted_number(wanted)) == positive;
    const values found = values_of(data_, call, wanted.parameter());
    return found.any([&](text value) { return value == wanted.words(); }) == positive;
}

bool call_matcher::matches_text(const stored_call& call, std::size_t index) const {
    const condition& wanted = search_.where[index];
    const text words = wanted.words();
    const values found = values_of(data_, call, wanted.parameter());
    const auto any = [&](const auto& test) { return found.any(test); };
    switch (wanted.op()) {
    case comparison::equal_to: return any([&](text value) { return value == words; });
    case comparison::not_equal_to: return !any([&](text value) { return value == words; });
    case comparison::starts_with: return any([&](text value) { return value.starts_with(words); });
    case comparison::ends_with: return any([&](text value) { return value.ends_with(words); });
    case comparison::includes:
        return any([&](text value) { return value.find(words) != text::npos; });
    case comparison::is_empty: return !any([](text value) { return !value.empty(); });
    case comparison::not_empty: return any([](text value) { return !value.empty(); });
    case comparison::pattern: return any([&](text value) { return matches_pattern(value, words); });
    case comparison::regex:
        return any([&](text value) {
            return std::regex_search(value.begin(), value.end(), *patterns_[index]);
        });
    default: return false;
    }
}

bool call_matcher::matches_time(const stored_call& call, const condition& wanted) const {
    constexpr std::chrono::days day{1};
    const std::int64_t count = wanted.integers().first;
    const auto days = wanted.days();
    const auto times = wanted.times();
    const bool is_date = wanted.kind() == condition_value::days;
    // Whole units, so that no count is too large to be compared.
    const auto age = now_ - call.setup;
    const std::int64_t age_in_days = std::chrono::floor<std::chrono::days>(age).count();
    const std::int64_t age_in_minutes = std::chrono::floor<std::chrono::minutes>(age).count();
    switch (wanted.op()) {
    case comparison::equal_to:
    case comparison::between:
        if (!is_date) return call.setup >= times.first && call.setup <= times.last;
        return call.setup >= start_of(days.first) && call.setup < start_of(days.last) + day;
    case comparison::older_than: return call.setup < (is_date ? start_of(days.first) : times.first);
    case comparison::newer_than:
        return is_date ? call.setup >= start_of(days.first) + day : call.setup > times.first;
    case comparison::older_than_days: return age_in_days >= count;
    case comparison::newer_than_days: return age_in_days < count;
    case comparison::older_than_minutes: return age_in_minutes >= count;
    case comparison::newer_than_minutes: return age_in_minutes < count;
    default: return false;
    }
}

} // namespace recorder
