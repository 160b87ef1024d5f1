// A peer: the same nine fields of the same record by Boost.JSON's push parser, with a handler as
// small as one can be that keeps apart what lies where. Text is viewed in the document where the
// parser gives it in one piece, and put together otherwise. Its checks are those of the parser.
#include <boost/json/basic_parser_impl.hpp>

#include <cstdint>
#include <cstring>

#include "../part.hpp"
#include "../record.hpp"

namespace {

class handler {
public:
    using code = boost::json::error_code;
    using view = boost::json::string_view;

    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    record::fields found;

    bool on_document_begin(code&) { return true; }
    bool on_document_end(code&) { return true; }
    bool on_object_begin(code& failed) { return open(failed); }
    bool on_object_end(std::size_t, code&) { return close(); }
    bool on_array_begin(code& failed) { return open(failed); }
    bool on_array_end(std::size_t, code&) { return close(); }
    bool on_key_part(view part, std::size_t, code& failed) { return append(part, failed); }
    bool on_key(view part, std::size_t total, code& failed) {
        if (part.size() != total && !append(part, failed)) return false;
        const std::string_view name =
            part.size() == total ? std::string_view{part.data(), total} : taken(total);
        key_ = key::other;
        for (const auto& known : keys)
            if (known.name == name) key_ = known.is;
        return true;
    }
    bool on_string_part(view part, std::size_t, code& failed) { return append(part, failed); }
    bool on_string(view part, std::size_t total, code& failed) {
        if (part.size() != total && !append(part, failed)) return false;
        string(part.size() == total ? std::string_view{part.data(), total} : taken(total));
        return true;
    }
    bool on_number_part(view, code&) { return true; }
    bool on_int64(std::int64_t value, view, code&) {
        if (is_at(key::duration)) found.duration = static_cast<std::int32_t>(value);
        if (is_at(key::files, key::other, key::file_size))
            found.size_of_last_file = static_cast<std::int32_t>(value);
        return true;
    }
    bool on_uint64(std::uint64_t, view, code&) { return true; }
    bool on_double(double, view written, code&) {
        if (is_at(key::mean_opinion_score))
            found.mean_opinion_score = {written.data(), written.size()};
        return true;
    }
    bool on_bool(bool value, code&) {
        if (is_at(key::is_confidential)) found.is_confidential = value;
        return true;
    }
    bool on_null(code&) { return true; }
    bool on_comment_part(view, code&) { return true; }
    bool on_comment(view, code&) { return true; }

private:
    enum class key : std::uint8_t {
        other,
        call_id,
        duration,
        is_confidential,
        mean_opinion_score,
        from,
        to,
        number,
        name,
        user,
        user_id,
        groups,
        files,
        file_size,
    };
    struct known_key {
        std::string_view name;
        key is;
    };
    static constexpr known_key keys[] = {{"call_id", key::call_id},
                                         {"duration", key::duration},
                                         {"from", key::from},
                                         {"is_confidential", key::is_confidential},
                                         {"to", key::to},
                                         {"mean_opinion_score", key::mean_opinion_score},
                                         {"number", key::number},
                                         {"name", key::name},
                                         {"user", key::user},
                                         {"user_id", key::user_id},
                                         {"groups", key::groups},
                                         {"files", key::files},
                                         {"file_size", key::file_size}};

    bool open(code& failed) {
        if (depth_ == sizeof path_) {
            failed = boost::json::error::too_deep;
            return false;
        }
        path_[depth_++] = key_;
        key_ = key::other;
        return true;
    }
    bool close() {
        key_ = --depth_ < 2 ? key::other : path_[depth_ - 1];
        // Elements of an array have no key of their own.
        if (depth_ != 0 && path_[depth_ - 1] == key::files) key_ = key::other;
        return true;
    }
    bool is_at(key a) const { return depth_ == 1 && key_ == a; }
    bool is_at(key a, key b) const { return depth_ == 2 && path_[1] == a && key_ == b; }
    bool is_at(key a, key b, key c) const {
        return depth_ == 3 && path_[1] == a && path_[2] == b && key_ == c;
    }
    void string(std::string_view value) {
        if (is_at(key::call_id)) found.call_id = value;
        if (is_at(key::from, key::name)) found.from_name = value;
        if (is_at(key::from, key::user, key::user_id)) found.from_user_id = value;
        if (is_at(key::to, key::number)) found.to_number = value;
        if (depth_ == 4 && path_[1] == key::from && path_[3] == key::groups) ++found.from_groups;
    }
    bool append(view part, code& failed) {
        if (part.size() > sizeof pieces_ - used_ - piece_) {
            failed = boost::json::error::string_too_large;
            return false;
        }
        std::memcpy(pieces_ + used_ + piece_, part.data(), part.size());
        piece_ += part.size();
        return true;
    }
    std::string_view taken(std::size_t total) {
        const std::string_view whole{pieces_ + used_, total};
        used_ += total;
        piece_ = 0;
        return whole;
    }

    key path_[16];
    key key_ = key::other;
    std::size_t depth_ = 0;
    char pieces_[384];
    std::size_t used_ = 0;
    std::size_t piece_ = 0;
};

} // namespace

bool job() {
    const auto* const document = hidden(&record::document);
    boost::json::basic_parser<handler> parser{boost::json::parse_options{}};
    boost::json::error_code failed;
    const std::size_t read = parser.write_some(false, document->data(), document->size(), failed);
    return !failed && read == document->size() && record::are_right(parser.handler().found);
}
