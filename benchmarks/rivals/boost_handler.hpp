// A handler for Boost.JSON's push parser that fills our types: text is viewed where the parser
// gives it from the body in one piece, and copied where it is unescaped or the body is gone
// afterwards.
#pragma once

#include <cstddef>
#include <cstring>

#include <boost/json/basic_parser_impl.hpp>

#include "push_filler.hpp"

namespace bench {

class boost_handler {
public:
    using code = boost::json::error_code;
    using view = boost::json::string_view;

    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    /// Text in `body` stays. Other text is copied to `row_memory` in a row, else to `memory`.
    boost_handler(push_filler& filler, text body, tipring::arena& memory,
                  tipring::arena& row_memory)
        : filler_{filler}, body_{body}, memory_{memory}, row_memory_{row_memory} {}

    bool on_document_begin(code&) { return true; }
    bool on_document_end(code&) { return true; }
    bool on_object_begin(code& ec) { return told(filler_.object_begin(), ec); }
    bool on_object_end(std::size_t, code& ec) { return told(filler_.object_end(), ec); }
    bool on_array_begin(code& ec) { return told(filler_.array_begin(), ec); }
    bool on_array_end(std::size_t, code& ec) { return told(filler_.array_end(), ec); }
    bool on_key_part(view part, std::size_t, code& ec) {
        if (key_size_ + part.size() > sizeof key_) return told(false, ec);
        std::memcpy(key_ + key_size_, part.data(), part.size());
        key_size_ += part.size();
        return true;
    }
    bool on_key(view part, std::size_t total, code& ec) {
        if (part.size() == total) return told(filler_.key({part.data(), total}), ec);
        if (!on_key_part(part, total, ec)) return false;
        key_size_ = 0;
        return told(filler_.key({key_, total}), ec);
    }
    bool on_string_part(view part, std::size_t, code& ec) {
        return !filler_.is_wanted() || told(append(part), ec);
    }
    bool on_string(view part, std::size_t total, code& ec) {
        if (part.size() == total && is_in_body(part))
            return told(filler_.string({part.data(), total}), ec);
        if (!filler_.is_wanted()) return true;
        if (!told(append(part), ec)) return false;
        const text whole{pieces_, total};
        pieces_ = nullptr;
        return told(filler_.string(whole), ec);
    }
    bool on_number_part(view, code&) { return true; }
    bool on_int64(std::int64_t value, view, code& ec) { return told(filler_.integer(value), ec); }
    bool on_uint64(std::uint64_t, view, code& ec) { return told(filler_.other_number(), ec); }
    bool on_double(double, view, code& ec) { return told(filler_.other_number(), ec); }
    bool on_bool(bool value, code& ec) { return told(filler_.boolean(value), ec); }
    bool on_null(code& ec) { return told(filler_.null(), ec); }
    bool on_comment_part(view, code&) { return true; }
    bool on_comment(view, code&) { return true; }

private:
    static bool told(bool went_well, code& ec) {
        if (!went_well) ec = boost::json::error::syntax;
        return went_well;
    }
    bool is_in_body(view part) const {
        return part.data() >= body_.data() && part.data() < body_.data() + body_.size();
    }
    /// Parts of one string come without anything between them, so they end up side by side.
    bool append(view part) {
        tipring::arena& memory = filler_.is_in_row() ? row_memory_ : memory_;
        auto* const room = static_cast<char*>(memory.allocate(part.size(), 1));
        if (room == nullptr) return false;
        if (!part.empty()) std::memcpy(room, part.data(), part.size());
        if (pieces_ == nullptr) pieces_ = room;
        return true;
    }

    push_filler& filler_;
    text body_;
    tipring::arena& memory_;
    tipring::arena& row_memory_;
    const char* pieces_ = nullptr;
    char key_[256];
    std::size_t key_size_ = 0;
};

} // namespace bench
