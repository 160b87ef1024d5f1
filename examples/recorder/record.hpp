// Records that own all they view, shelves of records by id, and updates that merge. Not here: which
// records there are (store.hpp).
#pragma once

#include <cstddef>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <tipring/json/access.hpp>
#include <tipring/json/copy.hpp>
#include <tipring/miarec/types.hpp>

namespace recorder {

using tipring::text;
namespace json = tipring::json;
namespace miarec = tipring::miarec;

/// Puts the members that are present in `from` into `into`, which then views what `from` views;
/// members of nested objects one by one. What only the server may set, and what is deprecated, is
/// passed over.
inline void merge(const json::table& type, std::byte* into, const std::byte* from) {
    for (std::size_t i = 0; i < type.member_count; ++i) {
        const json::member& m = type.members[i];
        const tipring::member_state state = json::state_of(m, from);
        if (m.has(json::read_only) || m.has(json::deprecated)) continue;
        if (state == tipring::member_state::absent) continue;
        if (state == tipring::member_state::json_null) {
            json::set_null(m, into);
            continue;
        }
        switch (m.kind) {
        case json::kind::boolean: json::set_boolean(m, into, json::boolean_of(m, from)); break;
        case json::kind::integer: json::set_integer(m, into, json::integer_of(m, from)); break;
        case json::kind::enumeration:
            json::set_enumeration(m, into, json::enumeration_of(m, from));
            break;
        case json::kind::object:
            // All bytes zero is an object whose members are absent.
            if (json::state_of(m, into) != tipring::member_state::value)
                std::memset(json::object_in(m, into), 0, m.type->size);
            json::set_present(m, into);
            merge(*m.type, json::object_in(m, into), json::object_in(m, from));
            break;
        case json::kind::array:
        case json::kind::map: json::set_list(m, into, json::list_of(m, from)); break;
        case json::kind::custom: break;
        default: json::set_text(m, into, json::text_of(m, from));
        }
    }
}

template <tipring::described T>
void merge(T& into, const T& from) {
    merge(json::table_of<T>, reinterpret_cast<std::byte*>(&into),
          reinterpret_cast<const std::byte*>(&from));
}

/// A deep copy of a value, in one block of exactly the size that it needs. Can be moved; the text
/// in it stays where it is.
template <tipring::described T>
class record {
public:
    explicit record(const T& value) : block_{nullptr, wipe_and_delete{size_of(value)}} {
        const std::size_t size = block_.get_deleter().size;
        block_.reset(new std::byte[size]);
        tipring::arena memory{std::span<std::byte>{block_.get(), size}};
        value_ = *tipring::copy(value, memory);
    }

    const T& operator*() const { return value_; }
    const T* operator->() const { return &value_; }

private:
    static constexpr bool holds_secrets =
        std::is_same_v<T, miarec::user> || std::is_same_v<T, miarec::encrypt_key>;

    struct wipe_and_delete {
        std::size_t size = 0;
        void operator()(std::byte* block) const {
            if constexpr (holds_secrets) tipring::wipe({reinterpret_cast<char*>(block), size});
            delete[] block;
        }
    };

    static std::size_t size_of(const T& value) {
        thread_local std::vector<std::byte> room(std::size_t{1} << 14);
        for (;;) {
            tipring::arena memory{std::span<std::byte>{room}};
            const bool fits = tipring::copy(value, memory).has_value();
            if (holds_secrets) tipring::wipe({reinterpret_cast<char*>(room.data()), room.size()});
            if (fits) return memory.used();
            room.resize(room.size() * 2);
        }
    }

    std::unique_ptr<std::byte[], wipe_and_delete> block_;
    T value_ = {};
};

/// Ids are hexadecimal, so their case does not matter.
inline std::string plain_id(text id) {
    std::string plain{id};
    for (char& c : plain) c = tipring::to_lower(c);
    return plain;
}

/// The records of one kind, by id.
template <class T>
class shelf {
public:
    const T* find(text id) const {
        const auto found = records_.find(plain_id(id));
        return found != records_.end() ? &*found->second : nullptr;
    }
    /// Adds a record or replaces the one with that id.
    void put(text id, const T& value) {
        record<T> kept{value};
        records_.insert_or_assign(plain_id(id), std::move(kept));
    }
    bool erase(text id) { return records_.erase(plain_id(id)) != 0; }
    std::size_t size() const { return records_.size(); }

    /// Calls `look(value)` for each record, in the order of ids.
    template <class Look>
    void each(const Look& look) const {
        for (const auto& [id, kept] : records_) look(*kept);
    }

private:
    std::map<std::string, record<T>, std::less<>> records_;
};

} // namespace recorder
