// Documents to start from: what a server may send, written so that a decoder which guesses has
// something to guess right and wrong, compact and well-formed, of which mutate.hpp makes the rest;
// and what once misled one.
// The everyday test changes them, and the corpora of `decode` and `row_stream` grew from them.
#pragma once

#include <tipring/cloudlink/cloudlink.hpp>
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

/// A page whose rows lie in an object in it (nested_pages.hpp).
inline constexpr std::string_view nested_users_seed =
    R"({"count":2,"_links":{"self":"/users","next":"/users?$skip=2"},"unknown":{"items":[{}]},"_embedded":{"words":["a","\u00e9"],)"
    R"("items":[{"name":"\"}]","age":1,"tags":[{"name":"t","weight":5},{}]},{},{"unknown":{"_embedded":{"items":[]}},"name":""}],)"
    R"("conferenceTags":[{"name":"c"},{"weight":2}],"links":{"next":""},"count":3,"more":[[]],"noet":"x"},"tags":[{}],"note":""})";

/// Ids as numbers and as text, links as text and as objects, bools as text, the answer to a list.
inline constexpr std::string_view cloudlink_users_seed =
    R"({"count":2,"_links":{"self":"/2017-09-01/users","next":{"href":"/2017-09-01/users?$skip=2 x","templated":false}},"_embedded":{"items":[)"
    R"({"userId":105990045,"uniqueUserId":"b42a","accountId":-1.5e3,"name":"Pat","role":"USER","extension":"","mobile":"","emailVerified":"true",)"
    R"("phoneVerified":false,"sipPassword":"8\u0033","avatars":{"50":"u","scaled":""},"score":null,"tags":{"t":{"a":[1]},"u":"x"},)"
    R"("_links":{"self":{"href":"/u\u002f1"}}},{"userId":"2","_links":{"self":"","next":{}}},{}],"more":[]}})";

inline constexpr std::string_view publications_seed =
    R"({"publications":[{"publicationId":"d5","topic":"platform-api-media","method":"PUT","subject":"/2017-09-01/endpoints/2001/calls/3",)"
    R"("content":{"from":"2002","extraPbxData":{"a":"1#7"},"_links":{"self":"/e"}},"publisher":{"accountId":26,"principalId":"99"},)"
    R"("subscription":{"subscriptionId":"2d"},"notification":{"createdOn":"2022","correlationId":"b0"}},{"topic":"x"}],"publication":null})";

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
    {tipring::json::table_of<tipring::cloudlink::collection<tipring::cloudlink::user>>,
     cloudlink_users_seed},
    {tipring::json::table_of<tipring::cloudlink::publication_envelope>, publications_seed},
};

/// Pages of calls, many of them broken, that misled a decoder which guessed; and how.
struct misleading_page {
    std::string_view how;
    std::string_view document;
};
inline constexpr misleading_page misleading_pages[] = {
    {"a blank after a colon in text that is compact otherwise",
     R"({"calls":[{"call_id":"1","from_name":"","from_id":""},{"call_id":"2","from_name": "","from_id":""},{"call_id": "3"}]})"},
    {"a blank before a colon",
     R"({"calls":[{"call_id":"1","from_name":""},{"call_id" :"2","from_name" : ""}]})"},
    {"{ in the middle of an object", R"({"calls":[{"call_id":"1"{"from_name":""}]})"},
    {"{ in the middle of an object, spaced", R"({"calls": [{"call_id": "1"{"from_name": ""}]})"},
    {"{ after a comma", R"({"calls":[{"call_id":"1",{"from_name":""}]})"},
    {"a comma where { should be", R"({"calls":[,"call_id":"1"}]})"},
    {"a comma where the second { should be", R"({"calls":[{"call_id":"1"},,"call_id":"2"}]})"},
    {"a comma where the page's { should be", R"(,"calls":[{"call_id":"1"}]})"},
    {"a comma for an object that is a value",
     R"({"calls":[{"call_id":"1","files":[{"file_id":"1"},,"file_id":"2"}]}]})"},
    {"no comma between members", R"({"calls":[{"call_id":"1""from_name":""}]})"},
    {"a comma before the end of an object", R"({"calls":[{"call_id":"1",},{"call_id":"2"}]})"},
    {"the end of an object learned from unknown members alone",
     R"({"calls":[{"x":1},{"call_id":"1","from_name":"a"},{"x":1},{},{"call_id":"2","from_name":"b"},{"x":1,"call_id":"3"}]})"},
    {"nothing but unknown members on the page",
     R"({"x":[{"call_id":"1"}],"y":{"calls":[{}]},"z":1})"},
    {"a value before, a run of empty members behind",
     R"({"calls":[{"from_name":"a","from_name":"","from_id":"","to_ip":"","to_port":1}]})"},
    {"a run of empty members that ends with the wrong kind",
     R"({"calls":[{"transferred_from_number":"","transferred_from_name":"","transferred_from_id":5}]})"},
    {"a run of empty members in which one is longer",
     R"({"calls":[{"transferred_from_number":"","transferred_from_name":"x","transferred_from_id":"","transferred_to_number":"\u0020"}]})"},
    {"an order that goes round",
     R"({"calls":[{"call_id":"1","from_id":""},{"from_id":"","call_id":"2"},{"call_id":"3","from_id":"","call_id":"4"}]})"},
    {"a name that begins like the next",
     R"({"calls":[{"call_id":"1","from_names":"","from_nam":"","from_name":""}]})"},
    {"a name that is the next but for its last byte",
     R"({"calls":[{"call_ie":"1","parent_call_ie":"2"}]})"},
    {"an escape in the next name", R"({"calls":[{"call_\u0069d":"1","parent_call_id":"2"}]})"},
    {"the text ends in the next name", R"({"calls":[{"call_id":"1","parent_c)"},
    {"the text ends behind the next name", R"({"calls":[{"call_id":"1","parent_call_id":)"},
    {"the text ends in a run of empty members",
     R"({"calls":[{"transferred_from_number":"","transferred_from_name":"")"},
    {"the text ends at the list", R"({"calls":[)"},
    {"the text ends in a character", "{\"calls\":[{\"from_name\":\"a plain run of 16 \xE2\x82"},
    {"characters to cut",
     "{\"calls\":[{\"from_name\":\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"}],\"next_url\":\"\xF0\x9F\x98\x80\"}"},
    {"escapes to cut",
     R"({"calls":[{"from_name":"\"]},{\\"},{"call_id":"\\\"}"}],"next_url":"\"\\"})"},
    {"no comma between records", R"({"calls":[{"call_id":"1"} {"call_id":"2"}]})"},
    {"blanks up to the end", "{\"calls\":                                                "},
    {"line feeds up to the end",
     "{\"calls\":[{\"call_id\":\"1\",\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"},
    {"a control byte for a blank", "{\"calls\":[{\"call_id\":\"1\",\x01\"from_name\":\"\"}]}"},
    {"a control byte for the blank after a colon",
     "{\"calls\":[{\"call_id\":\x1F\"1\", \"from_name\": \"\"}]}"},
    {"a control byte in a run of blanks",
     "{\"calls\":[{\"call_id\":\"1\",          \x0B         \"from_name\":\"\"}]}"},
    {"half a pair of surrogates", R"({"calls":[{"call_id":"\ude00"}]})"},
    {"the other half", R"({"calls":[{"call_id":"\ud83d"}]})"},
    {"a value that is deeper than its page may be",
     R"({"x":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]})"},
};

} // namespace fuzz
