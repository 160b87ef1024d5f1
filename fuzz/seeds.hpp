// Documents to start from: what a server may send, written so that a decoder which guesses has
// something to guess right and wrong. Compact and well-formed; mutate.hpp makes the rest of them.
// The everyday test changes them, and the corpora of `decode` and `row_stream` grew from them.
#pragma once

#include <tipring/json/describe.hpp>
#include <tipring/miarec/miarec.hpp>

#include "json_types.hpp"

#include <string_view>

namespace fuzz {

inline constexpr std::string_view calls_seed =
    R"({"calls":[{"call_id":"e03f497d","parent_call_id":"","is_conference":false,"call_state":3,"setup_time":"2013-10-12T16:32:22-0800",)"
    R"("from_ip":"10.0.0.1","from_port":5060,"from_name":"","from_id":"","to_ip":"","to_port":0,"agent_id":"","files":[{"file_id":"01",)"
    R"("file_size":5,"file_path":"C:\\r"}],"participants":[]},{"call_id":"2","parent_call_id":"","from_name":"\u00e9","from_id":"",)"
    R"("to_ip":"x","files":[]},{"call_id":"3","from_port":null,"from_name":"","from_id":"","to_ip":""}],"next_url":"/c?s=2","total":3})";

inline constexpr std::string_view users_seed =
    R"({"next_url":null,"users":[{"user_id":"1","name":"\u00c9milie","fieldset_recording":{"record":"always","extensions":["101","102"],)"
    R"("confidential":false},"managed_groups":["g"],"group_id":"","role_id":"","email":""},{"user_id":"2","name":"","group_id":"",)"
    R"("role_id":"","is_active":true,"email":"","timezone":"","fieldset_login":{"can_login":true,"login":"a"}},{}]})";

inline constexpr std::string_view tenant_seed =
    R"({"tenant":{"tenant_id":"5","name":"","timezone":"","encrypt_data":true,"fieldset_licensing":{"recording_seats":10,)"
    R"("monitoring_seats":-1,"evaluation_seats":null},"fieldset_associate_calls":{"broadworks_sp_id":"","broadworks_group_id":"",)"
    R"("sip_uri_host":"","cisco_partition":"","auto_provision":false}}})";

inline constexpr std::string_view error_answer_seed =
    R"({"error":"InvalidRecord","description":"","details":[{"field_name":"login","error":"Taken","description":"\"x\" is taken"}]})";

/// Records of one type whose members come in different orders and numbers.
inline constexpr std::string_view uneven_calls_seed =
    R"({"calls":[{"call_id":"1","from_name":"","from_id":"","to_name":"","to_id":""},)"
    R"({"to_id":"","to_name":"","from_id":"","from_name":"","call_id":"2"},)"
    R"({"call_id":"3","from_name":"","from_id":"","to_name":"","to_id":""},{"unknown":1},{},{"unknown":1,"call_id":"4","more":{"a":[]},)"
    R"("from_name":""},{"call_id":"5","call_state":1},{"call_id":"6","from_name":"a","from_id":"","to_name":"","to_id":"","total":7}],)"
    R"("unknown":{"calls":[{"call_id":"x"}]},"total":8})";

inline constexpr std::string_view unknown_members_seed =
    R"({"a":1,"calls":[{"a":1,"call_id":"1","b":[{"call_id":"9"}],"from_name":"","c":{}},{"a":2,"call_id":"2","b":[],"from_name":"","c":""},)"
    R"({"a":"\u0061","call_id":"3","b":{"x":[1,2,{"y":"}"}]},"from_name":"","c":null}],"z":[[[]]],"next_url":""})";

inline constexpr std::string_view everything_seed =
    R"({"words":"a\u00e9\ud83d\ude00b","short_words":"","password":"p\nq","thing_id":"t","level":"low","anything":{"a":[1,{"b":"]\""}]},)"
    R"("amount":-12.50e+3,"whole":9223372036854775807,"counter":-1,"tiny":255,"seats":-1,"seconds":"30","flag":true,"loose_flag":"no",)"
    R"("color":7,"object":{"title":"t","leaf":{"name":"n","size":1,"on":false},"leaves":[{"name":""},{"size":2}]},"names":["a","",""],)"
    R"("numbers":[1,-2],"flags":[true],"mixed":[1,"x\n",{}],"amounts":[1.5],"texts":{"k1":"v1","k\u0032":null},"lists":{"c":["v"]},)"
    R"("objects":{"o":{"title":"","leaf":null}},"raws":{"r":[1]},"levels":["high","other"],"thing-id":"u","unknown":{"d":[[]]}})";

inline constexpr std::string_view custom_fields_seed =
    R"([{"custom_field_id":"1","name":"a","description":""},{"name":"b","custom_field_id":"2"},{"unknown":1},{"name":""}])";

struct written_seed {
    const tipring::json::table& type;
    std::string_view document;
};
inline const written_seed written_seeds[] = {
    {tipring::json::table_of<tipring::miarec::call_page>, calls_seed},
    {tipring::json::table_of<tipring::miarec::user_page>, users_seed},
    {tipring::json::table_of<tipring::miarec::tenant_envelope>, tenant_seed},
    {tipring::json::table_of<tipring::miarec::error_body>, error_answer_seed},
    {tipring::json::table_of<tipring::miarec::call_page>, uneven_calls_seed},
    {tipring::json::table_of<tipring::miarec::call_page>, unknown_members_seed},
    {tipring::json::table_of<tipring::json_types::everything>, everything_seed},
    {tipring::json::table_of<tipring::miarec::custom_field_page>, custom_fields_seed},
};

} // namespace fuzz
