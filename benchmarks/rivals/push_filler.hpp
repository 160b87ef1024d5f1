// Fills a value from the events of a push parser: what a handler for these types does, written once
// for all push parsers. An event that returns false ends the parse.
#pragma once

#include <cstddef>
#include <cstdint>

#include <tipring/core/arena.hpp>

#include "list_builder.hpp"

namespace bench {

class push_filler {
public:
    /// What is called with each row, when rows are handed out instead of being collected.
    struct row_receiver {
        virtual ~row_receiver() = default;
        virtual void receive(const std::byte* row) = 0;
    };

    push_filler(const schema& root, void* value, tipring::arena& memory, list_builder& lists,
                row_receiver* rows = nullptr)
        : root_{root}, value_{static_cast<std::byte*>(value)}, memory_{memory}, lists_{lists},
          rows_{rows}, list_of_rows_{rows != nullptr ? find_rows(root.table()).list : nullptr} {}

    /// Whether the next value is one that somebody wants.
    bool is_wanted() const { return skipped_ == 0 && (depth_ == 0 || top().wanted != nullptr); }

    /// Inside a row that is handed out, whose text is gone with it.
    bool is_in_row() const { return depth_of_rows_ != 0 && depth_ > depth_of_rows_; }

    bool key(text name) {
        if (skipped_ != 0) return true;
        frame& now = top();
        now.wanted = now.type->find(name, now.last);
        return true;
    }

    /// `value` lives as long as the value that is filled, or as the row that is handed out.
    bool string(text value) {
        if (!is_wanted()) return true;
        if (depth_ == 0) return false;
        frame& now = top();
        const json::member& m = *now.wanted->facts;
        if (now.is_list) {
            if (m.element != json::kind::text) return false;
            std::memcpy(lists_.push(), &value, sizeof value);
            return true;
        }
        if (m.kind != json::kind::text) return false;
        json::set_text(m, now.base, value);
        return true;
    }
    bool integer(std::int64_t value) {
        if (!is_wanted()) return true;
        if (depth_ == 0 || top().is_list) return false;
        const json::member& m = *top().wanted->facts;
        if (m.kind == json::kind::integer) return json::set_integer(m, top().base, value);
        return m.kind == json::kind::enumeration && json::set_enumeration(m, top().base, value);
    }
    bool boolean(bool value) {
        if (!is_wanted()) return true;
        if (depth_ == 0 || top().is_list) return false;
        const json::member& m = *top().wanted->facts;
        if (m.kind != json::kind::boolean) return false;
        json::set_boolean(m, top().base, value);
        return true;
    }
    bool null() {
        if (!is_wanted()) return true;
        if (depth_ == 0 || top().is_list) return false;
        json::set_null(*top().wanted->facts, top().base);
        return true;
    }
    /// A number that is no integer: no member here holds one.
    bool other_number() { return !is_wanted(); }

    bool object_begin() {
        if (!is_wanted()) {
            ++skipped_;
            return true;
        }
        if (depth_ == 0) return push({.type = &root_, .base = value_});
        frame& now = top();
        const slot& member = *now.wanted;
        if (now.is_list) {
            if (member.facts->element != json::kind::object) return false;
            std::byte* const into = element();
            return into != nullptr && push({.type = member.type, .base = into});
        }
        if (member.facts->kind != json::kind::object) return false;
        json::set_present(*member.facts, now.base);
        return push({.type = member.type, .base = json::object_in(*member.facts, now.base)});
    }
    bool object_end() {
        if (skipped_ != 0) {
            --skipped_;
            return true;
        }
        const std::byte* const object = top().base;
        --depth_;
        if (is_at_rows()) rows_->receive(object);
        return true;
    }
    bool array_begin() {
        if (!is_wanted()) {
            ++skipped_;
            return true;
        }
        if (depth_ == 0 || top().is_list) return false;
        const slot& member = *top().wanted;
        if (member.facts->kind != json::kind::array) return false;
        if (member.facts == list_of_rows_)
            depth_of_rows_ = depth_ + 1;
        else if (!lists_.open(json::element_size(*member.facts)))
            return false;
        return push({.base = top().base, .wanted = &member, .is_list = true});
    }
    bool array_end() {
        if (skipped_ != 0) {
            --skipped_;
            return true;
        }
        const frame ended = top();
        const bool of_rows = is_at_rows();
        --depth_;
        if (of_rows)
            depth_of_rows_ = 0;
        else
            json::set_list(*ended.wanted->facts, ended.base, lists_.close());
        return true;
    }

private:
    struct frame {
        const schema* type = nullptr;
        std::byte* base = nullptr;
        /// The member whose value comes next; of a list, the member that it is.
        const slot* wanted = nullptr;
        std::uint8_t last = 0;
        bool is_list = false;
    };

    frame& top() { return frames_[depth_ - 1]; }
    const frame& top() const { return frames_[depth_ - 1]; }
    bool push(const frame& next) {
        if (depth_ == most_levels) return false;
        frames_[depth_++] = next;
        return true;
    }
    /// In the list of rows, when they are handed out.
    bool is_at_rows() const { return depth_of_rows_ != 0 && depth_ == depth_of_rows_; }
    std::byte* element() {
        if (!is_at_rows()) return lists_.push();
        memory_.reset();
        lists_.reset();
        const std::size_t size = json::element_size(*top().wanted->facts);
        auto* const row =
            static_cast<std::byte*>(memory_.allocate(size, alignof(std::max_align_t)));
        if (row != nullptr) std::memset(row, 0, size);
        return row;
    }

    static constexpr std::size_t most_levels = 12;

    const schema& root_;
    std::byte* value_;
    tipring::arena& memory_;
    list_builder& lists_;
    row_receiver* rows_;
    const json::member* list_of_rows_;
    /// While that list is open.
    std::size_t depth_of_rows_ = 0;
    frame frames_[most_levels];
    std::size_t depth_ = 0;
    std::size_t skipped_ = 0;
};

} // namespace bench
