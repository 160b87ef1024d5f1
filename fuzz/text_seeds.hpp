// Inputs to start from that are text, by target: what is right in every form that there is, and a
// little of what is not. The first characters are the target's choices.
#pragma once

#include <string_view>

namespace fuzz {

struct text_seed {
    std::string_view target;
    std::string_view input;
};

inline constexpr text_seed text_seeds[] = {
    {"json", "0{\"a\":[1,-0,1.5e-3,true,false,null,\"\\u00e9\\ud83d\\ude00\\n\"],\"a\":{}}"},
    {"json", "2[[1]]"},
    {"json", "0 [18446744073709551615,9223372036854775807,-9223372036854775808,1e400,0.1E+5] "},

    {"codecs", "0a b/c?d=e&f+g%h~i.j_k-l\xC3\xA9\xF0\x9F\x98\x80"},
    {"codecs", "0\xED\xA0\x80\xC0\x80\xF4\x90\x80\x80\xE2\x82"},
    {"codecs", "1a=1&b=%20+x&&c&=d&%C3%A9=%2f"},
    {"codecs", "1a=%zz&b=%2"},
    {"codecs", "2Zm9vYmFy"},
    {"codecs", "2Zm9vYg=="},
    {"codecs", "2_-8"},
    {"codecs", "3limit=10\nname=a b+c\n=x\nempty=\nname=two"},

    {"url", "0z/api/v2/calls.json?limit=2\n/api/v2/calls.json?limit=2&start=2\n"
            "/api/v2/calls.json?limit=2&start=4\n"},
    {"url", "09/a/b\nhttps://recorder.example/c?d=1\nHTTPS://Recorder.Example:443/e#f\n"
            "//recorder.example/g\n"},
    {"url", "1z/a/b\nhttp://recorder.example:8080/x/./y/../z?%2F=a'b\n?q=1\nrel/../x\n../../up\n"},
    {"url", "2z/\nhttps://[2001:db8::1]:8443/v6\nhttps://user@recorder.example/\nhttp:/x\n"},
    {"url", "3z/\n /a b?c='d'&e=\"f\" \n/%2e%2E/x\n//other.example/\n/a//b\n"},
    {"url", "4z/x\nhttps://recorder.example:8080\n/\xC3\xA9?\\\n/a/b/c/../../../../d\n"},

    {"times", "0"
              "2013-10-12T16:32:22-08:00\n"},
    {"times", "0"
              "2016-12-31t23:59:60.123456789z\n"},
    {"times", "0"
              "2024-02-29 00:00:00+0530\n"},
    {"times", "0"
              "2013-10-12T16:32:22Z/2013-10-13T00:00:00.5-08\n"},
    {"times", "0"
              "2020/02/29\n"},
    {"times", "0"
              "2020/02/28 - 2020/03/01\n"},
    {"times", "0"
              "01:02:03\n"},
    {"times", "0"
              "90-10:00\n"},
    {"times", "1"
              "Fri, 27 May 2022 16:33:50 GMT\n040122013"},
    {"times", "1"
              "Friday, 27-May-22 16:33:50 GMT\n14a312115"},
    {"times", "1"
              "Fri May  7 16:33:50 2022\n05z301234"},
    {"times", "2"
              " 120\n041a12222222"},

    {"search",
     "0"
     "advanced_search=1&phone_number__includes=55%2B1&date__between=2020%2F01%2F01-2020%2F02%2F01"},
    {"search",
     "0"
     "datetime__newer_than=2019-04-30T06%3A00%3A00.000Z&duration__between=60-3600&confidential__is_true=1"},
    {"search",
     "0"
     "notes_count__between=1-5&user_id__is=7&call_state__is=3&x__y__equal_to=1&date__older_than_days=3"},
    {"search",
     "1"
     "$filter=name%20eq%20%27a%27%27b%27%20and%20(age%20gt%205%20or%20not%20active)&$top=10&$skip=5"},
    {"search",
     "1"
     "$orderby=a%20desc,b&$expand=c&$select=d,e%2Ff&$count=true&$search=x+y&$skiptoken=t"},

    {"headers", "0"
                "application/json; charset=utf-8\nContent-Type\n/a?b=c&limit=5#d\n"},
    {"headers", "0"
                "a\x7F\tb\nx-key\nhttps://user:pw@host/p?q\n"},
    {"headers", "1"
                "Bearer abc.DEF-_~+/==\n"},
    {"headers", "1"
                "Basic realm=\"x\", Bearer realm=\"a\\\"b\", error=\"invalid_token\", scope=a\n"},
    {"headers", "1"
                "Negotiate abc==, Bearer error_description=\"d\",error_uri=\"u\"\n"},
    {"headers", "2"
                "Basic dXNlcjpwYXNzd29yZA==\nuser\npassword\n"},
    {"headers", "2"
                "basic  YTolM0E=\nu:ser\nsnd\xC3\xA9%\n"},
    {"headers",
     "3"
     "meetings\ndesktop\n1.0.4\nwindows\n10.0.19041\n01234567-89ab-4def-8123-456789abcdef"},
    {"headers",
     "3"
     "app=meetings-web/1.0.4;platform=windows/10.0;session=01234567-89ab-4def-8123-456789abcdef;\nweb"},
    {"headers", "3"
                "Meetings-web/1.0.4/;platfom=Linux/#1 SMP;;session-id=x; extra\nA-b\nios\n2\n\t\n"},

    {"auth", "0zkey\nThe quick brown fox jumps over the lazy dog"},
    {"auth", "0zkey\n0123456789012345678901234567890123456789012345678901234567890123"},
    {"auth", "0z0123456789012345678901234567890123456789012345678901234567890123\n64"},
    {"auth", "1z\nnobody's\n"},
    {"auth", "1zapplication-id\n{\"publication\":{}}\n application-id "},
    {"auth", "2z\ndBjFTLeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk\n0123456789abcdef0123456789ABCDEF"},
    {"auth", "3zclient s1\n/callback?code=abc%20d&state=s1&iss=x#f"},
    {"auth", "3zclient s1\n?error=access_denied&error_description=no+way&state=s1"},
    {"auth", "4z\ne30.eyJleHAiOjEsImlhdCI6MCwic3ViIjoidSIsInJvbGVzIjpbIkEiXX0.x"},
    {"auth", "4z\neyJleHAiOjF9"},

    {"wire", "0zzHTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: a\r\n b\r\n\r\nhello more"},
    {"wire", "0z3HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0A "
             "\r\n0123456789\r\n0\r\nT: x\r\n\r\n"},
    {"wire", "1z5HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 204 \r\nConnection: close, x\r\n\r\n"},
    {"wire", "0z5HTTP/1.1 200\r\n\r\nuntil the end"},
    {"wire", "2zz2https://h.example:8443\n/a?b=c\nX-A:b\nAccept:text/plain\nbody"},
    {"wire", "2zz0http://h.example/p?q\n\n\n\n"},

    {"session", "0221a0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz"},
    {"session", "7333zZYXWVUTSRQPONMLKJIHGFEDCBAzyxwvutsrqponmlkjihgfedcba9876543210+-*/=?()"},
};

} // namespace fuzz
