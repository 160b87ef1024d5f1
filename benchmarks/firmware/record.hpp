// The document that sizes and instructions are measured with, an invented call record of 897 bytes:
// objects in objects, arrays, escapes, a pair of surrogates, a fraction, null. Nine fields are
// taken from it, and what they must be is told here, for whatever decoder took them.
#pragma once

#include <cstdint>
#include <string_view>

namespace record {

inline constexpr std::string_view document =
    R"({"call_id":"e03f497d-bdff-1019-102b-f5caab54f081","state":2,"duration":312,)"
    R"("is_confidential":false,"mean_opinion_score":4.31,"disconnect_reason":null,)"
    R"("from":{"number":"+14085550142",)"
    R"("name":"Zo\u00eb \"Zee\" Bront\u00eb \ud83d\udcde",)"
    R"("user":{"user_id":"546340bf-7b47-11e4-85a4-e03f497dbdff","groups":["sales",)"
    R"("support","night shift"]},"ip":"192.168.14.201"},)"
    R"("to":{"number":"8442","name":"Front desk",)"
    R"("user":{"user_id":"61e6e6b0-f147-11e5-b8b3-e03f497dbdff",)"
    R"("groups":["reception"]},"ip":"192.168.14.17"},)"
    R"("files":[{"file_name":"20180912\/e03f497d-1.wav","file_size":1284664,)"
    R"("mime_type":"audio\/x-wav",)"
    R"("channels":[1,2]},{"file_name":"20180912\/e03f497d-2.wav","file_size":98304,)"
    R"("mime_type":"audio\/x-wav","channels":[1,2]}],)"
    R"("tags":["vip","callback"],)"
    R"("notes":"Caller asked for the invoice of July.\nPromised to ring back on Thursday, before noon, about the second line and the desk phone ",)"
    R"("next":null})";
static_assert(document.size() == 897);

/// The nine fields, as any decoder tells them.
struct fields {
    std::string_view call_id = {};
    std::int32_t duration = 0;
    bool is_confidential = true;
    std::string_view mean_opinion_score = {};
    std::string_view from_name = {};
    std::string_view from_user_id = {};
    std::uint32_t from_groups = 0;
    std::string_view to_number = {};
    std::int32_t size_of_last_file = 0;
};

inline bool are_right(const fields& f) {
    return f.call_id == "e03f497d-bdff-1019-102b-f5caab54f081" && f.duration == 312 &&
           !f.is_confidential && f.mean_opinion_score == "4.31" &&
           f.from_name == "Zo\u00EB \"Zee\" Bront\u00EB \U0001F4DE" &&
           f.from_user_id == "546340bf-7b47-11e4-85a4-e03f497dbdff" && f.from_groups == 3 &&
           f.to_number == "8442" && f.size_of_last_file == 98304;
}

} // namespace record
