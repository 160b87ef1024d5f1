// What each of the 46 operations does with the store: one call operator for each. The parts that
// the seven kinds of objects have in common are templates here; the rest is in handlers_*.cpp.
#pragma once

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <tipring/server/miarec.hpp>

#include "access.hpp"
#include "media.hpp"
#include "refusal.hpp"
#include "store.hpp"

namespace recorder {

namespace http = tipring::http;

/// What is said of a kind of objects, where its id is, and which permission it needs.
template <class T>
struct kind_facts;
#define RECORDER_KIND(type, title_text, area_text, id_member)                                      \
    template <>                                                                                    \
    struct kind_facts<miarec::type> {                                                              \
        static constexpr const char* title = title_text;                                           \
        static constexpr text area = area_text;                                                    \
        static constexpr auto id = &miarec::type::id_member;                                       \
    }
RECORDER_KIND(tenant, "Tenant", "tenants", tenant_id);
RECORDER_KIND(group, "Group", "groups", group_id);
RECORDER_KIND(role, "Role", "roles", role_id);
RECORDER_KIND(user, "User", "users", user_id);
RECORDER_KIND(client, "Client", "clients", client_id);
RECORDER_KIND(encrypt_key, "Encryption key", "encrypt_keys", key_id);
RECORDER_KIND(custom_field, "Custom field", "custom_fields", field_id);
#undef RECORDER_KIND

/// What is wrong with a record that somebody wants to store: field and message.
using complaints = std::vector<std::pair<std::string, std::string>>;

/// The part of a list that a request asks for (manual 2.3.1, 3.1.4).
struct window {
    std::size_t start = 0;
    std::size_t limit = 20;
    /// How many rows behind the page to look at: one, to know whether there is a next page, or more
    /// for max_total_calc.
    std::size_t look_ahead = 1;
    bool counts_ahead = false;

    std::size_t needed_rows() const { return start + limit + look_ahead; }
};

/// Answers one request for one API user.
class handlers {
public:
    struct surroundings {
        store& data;
        const account& who;
        const url_signer& signer;
        /// `http://127.0.0.1:8080`.
        text origin;
        utc_instant now;
        tipring::arena& memory;
    };

    explicit handlers(const surroundings& around)
        : data_{around.data}, who_{around.who}, around_{around}, memory_{around.memory} {}

    http::response operator()(const miarec::list_calls& op);
    http::response operator()(const miarec::view_call& op);
    http::response operator()(const miarec::delete_call& op);
    http::response operator()(const miarec::call_file_url& op);
    http::response operator()(const miarec::call_file& op);
    http::response operator()(const miarec::mute_call& op);
    http::response operator()(const miarec::set_call_custom_fields& op);

    http::response operator()(const miarec::list_clients& op);
    http::response operator()(const miarec::view_client& op);
    http::response operator()(const miarec::create_client& op);
    http::response operator()(const miarec::update_client& op);
    http::response operator()(const miarec::delete_client& op);

    http::response operator()(const miarec::list_encrypt_keys& op);
    http::response operator()(const miarec::view_encrypt_key& op);
    http::response operator()(const miarec::create_encrypt_key& op);
    http::response operator()(const miarec::update_encrypt_key& op);
    http::response operator()(const miarec::delete_encrypt_key& op);
    http::response operator()(const miarec::authorize_user& op);
    http::response operator()(const miarec::revoke_user& op);
    http::response operator()(const miarec::list_authorized_users& op);

    http::response operator()(const miarec::list_groups& op);
    http::response operator()(const miarec::view_group& op);
    http::response operator()(const miarec::create_group& op);
    http::response operator()(const miarec::update_group& op);
    http::response operator()(const miarec::delete_group& op);

    http::response operator()(const miarec::list_roles& op);
    http::response operator()(const miarec::view_role& op);
    http::response operator()(const miarec::create_role& op);
    http::response operator()(const miarec::update_role& op);
    http::response operator()(const miarec::delete_role& op);

    http::response operator()(const miarec::list_tenants& op);
    http::response operator()(const miarec::view_tenant& op);
    http::response operator()(const miarec::create_tenant& op);
    http::response operator()(const miarec::update_tenant& op);
    http::response operator()(const miarec::delete_tenant& op);

    http::response operator()(const miarec::list_users& op);
    http::response operator()(const miarec::view_user& op);
    http::response operator()(const miarec::create_user& op);
    http::response operator()(const miarec::update_user& op);
    http::response operator()(const miarec::delete_user& op);
    http::response operator()(const miarec::mute_user& op);

    http::response operator()(const miarec::list_custom_fields& op);
    http::response operator()(const miarec::view_custom_field& op);
    http::response operator()(const miarec::create_custom_field& op);
    http::response operator()(const miarec::update_custom_field& op);
    http::response operator()(const miarec::delete_custom_field& op);

private:
    template <class Op>
    http::response reply(const typename Op::answer& value) {
        const auto made = tipring::server::respond<Op>(value, memory_);
        if (!made) throw failed("The answer does not fit into memory");
        return *made;
    }

    // Permissions and scope.

    template <class T>
    void require(text action) const {
        if (who_.may(kind_facts<T>::area, action)) return;
        throw denied("API user has no permission to " + std::string{action} + " " +
                     std::string{kind_facts<T>::area});
    }
    /// The object, if the API user may see it.
    template <class T>
    const T* find(text id) const {
        const T* const found = data_.of<T>().find(id);
        return found && who_.sees(*found) ? found : nullptr;
    }
    template <class T>
    const T& get(text id) const {
        if (const T* const found = find<T>(id)) return *found;
        throw not_found(std::string{kind_facts<T>::title} + " with such ID is not found.");
    }
    stored_call& get_call(text id, text action) const;

    // What is shown of a stored object.

    template <class T>
    T shown(const T& value) const {
        return value;
    }
    miarec::user shown(miarec::user value) const;
    miarec::custom_field shown(miarec::custom_field value) const;

    // Lists.

    template <class Op>
    static window window_of(const Op& op) {
        if (op.sort_order && !(*op.sort_order).known())
            throw invalid("sort_order", "asc or desc is expected");
        if (op.limit && *op.limit == 0) throw invalid("limit", "1 to 1000 is expected");
        window asked;
        asked.start = static_cast<std::size_t>(op.start.value_or(0));
        asked.limit = static_cast<std::size_t>(op.limit.value_or(20));
        asked.counts_ahead = op.max_total_calc.has_value();
        asked.look_ahead = 1 + static_cast<std::size_t>(op.max_total_calc.value_or(0));
        return asked;
    }
    template <class Op>
    static bool is_descending(const Op& op) {
        return op.sort_order && *op.sort_order == miarec::sort_order::desc;
    }

    /// One page of `found`, which has all matches up to window::needed_rows() or more. `total` is
    /// there on the last page, and on others if max_total_calc asks for it and no more than that
    /// many rows follow (manual 3.1.4).
    template <class Op, class T>
    http::response page(const Op& op, const std::vector<const T*>& found,
                        tipring::field<tipring::list<T>> Op::answer::*rows_member) {
        const window asked = window_of(op);
        const std::size_t begin = std::min(asked.start, found.size());
        const std::size_t end = std::min(asked.start + asked.limit, found.size());
        std::vector<T> rows;
        for (std::size_t i = begin; i < end; ++i) rows.push_back(shown(*found[i]));
        typename Op::answer answer{.next_url = tipring::null};
        answer.*rows_member = rows;
        const std::size_t behind = found.size() - end;
        if (behind == 0 || (asked.counts_ahead && behind < asked.look_ahead))
            answer.total = static_cast<std::int64_t>(found.size());
        if (behind != 0) {
            Op next = op;
            next.start = static_cast<std::int32_t>(end);
            const auto url = tipring::server::target_of(next, memory_);
            if (!url) throw failed("The next URL does not fit into memory");
            answer.next_url = *url;
        }
        return reply<Op>(answer);
    }

    /// All objects of a kind that the API user may see and that `matches`, by name.
    template <class Op, class T, class Match>
    http::response list(const Op& op, tipring::field<tipring::list<T>> Op::answer::*rows_member,
                        const Match& matches) {
        require<T>("view");
        std::vector<const T*> found;
        data_.of<T>().each([&](const T& each) {
            if (who_.sees(each) && matches(each)) found.push_back(&each);
        });
        std::stable_sort(found.begin(), found.end(), [&](const T* a, const T* b) {
            return is_descending(op) ? *b->name < *a->name : *a->name < *b->name;
        });
        return page(op, found, rows_member);
    }
    text tenant_name(text tenant_id) const;

    // One object.

    template <class Op, class T>
    http::response view(text id, tipring::field<T> Op::answer::*member) {
        require<T>("view");
        typename Op::answer answer;
        answer.*member = shown(get<T>(id));
        return reply<Op>(answer);
    }

    /// `complete(made)` adds what the server adds and `check(made, complaints)` looks at the whole.
    template <class Op, class View, class T, class Complete>
    http::response create(const T& given, const Complete& complete) {
        require<T>("edit");
        using id_type = typename std::remove_cvref_t<decltype(T{}.*kind_facts<T>::id)>::value_type;
        const std::string id = data_.random.uuid();
        T made;
        merge(made, given);
        made.*kind_facts<T>::id = id_type{id};
        complete(made);
        check_and_put(id, made);
        return created<Op>(View{id_type{id}});
    }
    template <class Op, class View>
    http::response created(const View& view) {
        const auto location = tipring::server::target_of(view, memory_);
        if (!location) throw failed("The location does not fit into memory");
        return reply<Op>({.location = *location});
    }

    /// Members that are absent stay as they are, nested ones too.
    template <class Op, class T>
    http::response update(text id, const T& given, tipring::field<T> Op::answer::*member) {
        require<T>("edit");
        T changed = get<T>(id);
        merge(changed, given);
        check_and_put(plain_id(id), changed);
        typename Op::answer answer;
        answer.*member = shown(get<T>(id));
        return reply<Op>(answer);
    }

    template <class Op, class T>
    http::response remove(text id) {
        require<T>("delete");
        get<T>(id);
        before_delete(get<T>(id));
        data_.of<T>().erase(id);
        return reply<Op>({});
    }
    template <class T>
    void before_delete(const T&) {}
    void before_delete(const miarec::tenant& tenant);
    void before_delete(const miarec::group& group);
    void before_delete(const miarec::user& user);
    void before_delete(const miarec::encrypt_key& key);

    // Validation.

    template <class T>
    void check_and_put(const std::string& id, const T& value) {
        complaints found;
        check(value, found);
        if (!found.empty()) throw invalid(std::move(found));
        data_.of<T>().put(id, value);
    }
    void check(const miarec::tenant& value, complaints& found) const;
    void check(const miarec::group& value, complaints& found) const;
    void check(const miarec::role& value, complaints& found) const;
    void check(const miarec::user& value, complaints& found) const;
    void check(const miarec::client& value, complaints& found) const;
    void check(const miarec::encrypt_key& value, complaints& found) const;
    void check(const miarec::custom_field& value, complaints& found) const;
    void check_login(const miarec::user& value, complaints& found) const;
    void check_recording(const miarec::user& value, complaints& found) const;

    /// A name is needed, and no two objects of a tenant may have the same.
    template <class T>
    void check_name(const T& value, complaints& found) const {
        const text name = value_of(value.name);
        if (name.empty()) return found.emplace_back("name", "can't be blank"), void();
        bool is_taken = false;
        data_.of<T>().each([&](const T& other) {
            const bool is_same =
                value_of(other.*kind_facts<T>::id) == value_of(value.*kind_facts<T>::id);
            if (is_same || value_of(other.name) != name) return;
            if constexpr (!std::is_same_v<T, miarec::tenant>)
                if (value_of(other.tenant_id) != value_of(value.tenant_id)) return;
            is_taken = true;
        });
        if (is_taken)
            found.emplace_back("name", std::string{kind_facts<T>::title} +
                                           " with such name exists already");
    }
    /// An id that is given must be that of an object that the API user may see.
    template <class T, class Id>
    void check_reference(const char* member, const tipring::field<Id>& id,
                         complaints& found) const {
        if (!tipring::is_none(id) && !find<T>((*id).value))
            found.emplace_back(member,
                               std::string{kind_facts<T>::title} + " with such ID is not found");
    }
    template <class Enum>
    static void check_word(const char* member, const tipring::field<tipring::open<Enum>>& word,
                           complaints& found) {
        if (word && !(*word).known())
            found.emplace_back(member, "is not one of the allowed values");
    }
    /// The tenant of a new object: the one that is given, or the API user's own.
    template <class T>
    void complete_tenant(T& made) const {
        if (tipring::is_none(made.tenant_id)) made.tenant_id = miarec::tenant_id{who_.tenant_id};
    }

    // Calls.

    std::vector<text> file_ids_of(const stored_call& call,
                                  const tipring::field<text>& wanted) const;
    void mute(stored_call& call,
              const tipring::field<tipring::open<miarec::muting_action>>& action);

    store& data_;
    const account& who_;
    const surroundings& around_;
    tipring::arena& memory_;
};

} // namespace recorder
