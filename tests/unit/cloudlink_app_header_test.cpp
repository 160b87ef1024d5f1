// The header x-mitel-app by the text and the example of CloudLink's guide, by what Mitel's own
// programs were seen to send, and by the grammar of the strict form as a regular expression.
#include "exact_memory.hpp"
#include "guard_page.hpp"
#include "no_heap.hpp"
#include <tipring/cloudlink/app_header.hpp>
#include <tipring/http/request.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <regex>
#include <string>
#include <type_traits>
#include <vector>

using namespace tipring;
using cloudlink::app;
using cloudlink::app_deviation;
using cloudlink::app_header;
using cloudlink::app_reading;
using cloudlink::app_spelling;
using cloudlink::parse_app_header;

namespace {

constexpr text session = "e769f6ec-ceb6-4b98-bab5-2dc0e720426c";
constexpr app meetings{.name = "meetings",
                       .flavor = "desktop",
                       .version = "1.0.4",
                       .os = "windows",
                       .os_version = "10.0.19041",
                       .session = session};
constexpr text meetings_written = "app=meetings-desktop/1.0.4;platform=windows/10.0.19041;"
                                  "session=e769f6ec-ceb6-4b98-bab5-2dc0e720426c;";

text app::*const members[] = {&app::name, &app::flavor,     &app::version,
                              &app::os,   &app::os_version, &app::session};
constexpr text names[] = {"name", "flavor", "version", "os", "os_version", "session"};

std::string written(const app& who, app_spelling spelling = app_spelling::documented) {
    const auto made = app_header::make(who, spelling);
    if (made) return std::string{made->header().value};
    char line[200];
    return std::string{describe(made.error(), line)};
}

/// Name, flavor, version, os, os_version, session, then what deviates.
std::string read(text value) {
    const auto found = parse_app_header(value);
    char line[200];
    if (!found) return std::string{describe(found.error(), line)};
    std::string made;
    for (const text part : {found->app.name, found->app.flavor, found->app.version, found->app.os,
                            found->app.os_version, found->app.session})
        made += std::string{part} + "|";
    for (unsigned i = 0; i < static_cast<unsigned>(app_deviation::count_); ++i) {
        const auto which = static_cast<app_deviation>(i);
        if (found->deviations.has(which)) made += " " + std::string{name(which)};
    }
    return made;
}

std::string strictly(text value) {
    const auto found = parse_app_header(value, app_reading::strict);
    char line[200];
    return found ? "ok" : std::string{describe(found.error(), line)};
}

/// The strict form as a grammar that the library knows nothing of.
bool in_grammar(const std::string& value) {
    static const std::regex grammar{
        "app=[a-z0-9]+(-[a-z0-9]+)*-[a-z0-9]+/[a-z0-9.+_-]+;platform=[a-z0-9._-]+/[a-z0-9.+_-]+;"
        "session=[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12};"};
    return value.size() <= 256 && std::regex_match(value, grammar);
}

bool same(const app& a, const app& b) {
    return a.name == b.name && a.flavor == b.flavor && a.version == b.version && a.os == b.os &&
           a.os_version == b.os_version && a.session == b.session;
}

/// Bytes that a header is made of, more often than others.
char random_byte(std::mt19937& random) {
    constexpr text usual = "abz019-./;= \tAZ#_+%\xC3\xA9";
    const auto choice = random() % 64;
    return choice < usual.size() ? usual[choice] : static_cast<char>(random() & 0xFF);
}

static_assert(std::is_trivially_copyable_v<cloudlink::received_app>);
static_assert(app_header::make(meetings).has_value());
static_assert(parse_app_header(meetings_written, app_reading::strict).has_value());

} // namespace

TEST_CASE("Q-16: x-mitel-app as the guide describes it") {
    CHECK(written(meetings) == meetings_written);
    const auto made = app_header::make(meetings);
    REQUIRE(made);
    CHECK(made->header().name == "x-mitel-app");
    CHECK(!made->header().is_secret);
    CHECK(!made->empty());
    CHECK(app_header{}.empty());
    CHECK(http::check(made->header()));
}

TEST_CASE("Q-16: x-mitel-app in the spelling of the guide's example, to the byte") {
    const app example{.name = "meetings",
                      .flavor = "desktop",
                      .version = "1.0.4",
                      .os = "windows",
                      .os_version = "10",
                      .session = "b49d5f6c-1d31-4816-9c77-3d991c335220"};
    CHECK(written(example, app_spelling::example) ==
          "app=meetings-desktop/1.0.4/;platform=windows/10;"
          "session-id=b49d5f6c-1d31-4816-9c77-3d991c335220;");
    CHECK(written(example, app_spelling::session_id) ==
          "app=meetings-desktop/1.0.4;platform=windows/10;"
          "session-id=b49d5f6c-1d31-4816-9c77-3d991c335220;");
}

TEST_CASE("Q-16: x-mitel-app goes with every request, and its bytes are its own") {
    std::string name = "meetings";
    app who = meetings;
    who.name = name;
    const auto made = app_header::make(who);
    REQUIRE(made);
    name = "xxxxxxxx";
    const app_header copied = *made;
    CHECK(copied.header().value == meetings_written);
    CHECK(copied.header().value.data() != made->header().value.data());
    const http::header all[] = {{.name = "Accept", .value = "*/*"}, copied.header()};
    CHECK(http::header_value(all, "X-Mitel-App") == meetings_written);
}

TEST_CASE("Q-16: x-mitel-app is written in lower case") {
    CHECK(written({.name = "Meet-Me",
                   .flavor = "Web",
                   .version = "1.0.0-RC.1+Build_7",
                   .os = "Windows",
                   .os_version = "10-RC",
                   .session = "E769F6EC-CEB6-4B98-BAB5-2DC0E720426C"}) ==
          "app=meet-me-web/1.0.0-rc.1+build_7;platform=windows/10-rc;"
          "session=e769f6ec-ceb6-4b98-bab5-2dc0e720426c;");
}

TEST_CASE("Q-16: platforms as systems name them, with what may not stand there as one dash") {
    const auto platform = [](text os, text os_version) {
        app who = meetings;
        who.os = os;
        who.os_version = os_version;
        const std::string all = written(who);
        const std::size_t start = all.find("platform=");
        if (start == std::string::npos) return all;
        return all.substr(start + 9, all.find(";session") - start - 9);
    };
    CHECK(platform("Linux", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.55-1 (2023-09-29)") ==
          "linux/1-smp-preempt_dynamic-debian-6.1.55-1-2023-09-29");
    CHECK(platform("GNU/Linux;a=b,c", "6.1+deb12") == "gnu-linux-a-b-c/6.1+deb12");
    CHECK(platform("mac os+x", "14.0;session=1") == "mac-os-x/14.0-session-1");
    CHECK(platform("--a---b--", "\r\n1\r\n") == "a-b/1");
    CHECK(platform("-\xC3\xA9t\xC3\xA9-", text{"\0a\0b\0", 5}) == "t/a-b");
    CHECK(platform("...", "_") == ".../_");
    CHECK(platform("a\xFF\xFE"
                   "b",
                   "\x7F"
                   "2") == "a-b/2");
    CHECK(platform("---", "1") == "os: a parameter has a value that is not allowed (at byte 0)");
    CHECK(platform("a", "\r\n") ==
          "os_version: a parameter has a value that is not allowed (at byte 0)");
}

TEST_CASE("Q-16: no part may be missing") {
    for (std::size_t i = 0; i < std::size(members); ++i) {
        app who = meetings;
        who.*members[i] = "";
        CHECK(written(who) == std::string{names[i]} + ": a required parameter is missing");
    }
    CHECK(written({}) == "name: a required parameter is missing");
}

TEST_CASE(
    "Q-16: every byte in every part: CR, LF, NUL and all that is not of the grammar stays out") {
    for (std::size_t i = 0; i < std::size(members); ++i) {
        const std::string whole = i == 5 ? std::string{session} : "abc";
        for (std::size_t at = 0; at < whole.size(); ++at)
            for (unsigned byte = 0; byte < 256; ++byte) {
                std::string changed = whole;
                changed[at] = static_cast<char>(byte);
                app who = meetings;
                who.*members[i] = changed;
                const auto made = app_header::make(who);
                CAPTURE(names[i]);
                CAPTURE(at);
                CAPTURE(byte);
                if (made) {
                    CHECK(in_grammar(std::string{made->header().value}));
                    if (byte < 0x20 || byte > 0x7E) CHECK((i == 3 || i == 4));
                } else {
                    CHECK(made.code() == errc::bad_parameter);
                    CHECK(made.error().offset == at);
                    CHECK(made.error().path.steps[0].member() == names[i]);
                }
            }
    }
}

TEST_CASE("Q-16: words of a name have one dash between them, and a flavor has none") {
    app who = meetings;
    const auto offset = [&who] {
        const auto made = app_header::make(who);
        return made ? -1 : static_cast<int>(made.error().offset);
    };
    for (const text good : {"a", "a-b", "a-b-c", "1-2"}) {
        who.name = good;
        CHECK(offset() == -1);
    }
    who.name = "-a";
    CHECK(offset() == 0);
    who.name = "a-";
    CHECK(offset() == 1);
    who.name = "a--b";
    CHECK(offset() == 2);
    who.name = "-";
    CHECK(offset() == 0);
    who.name = "a.b";
    CHECK(offset() == 1);
    who = meetings;
    who.flavor = "we-b";
    CHECK(offset() == 2);
    who = meetings;
    who.version = "1.0.4/";
    CHECK(offset() == 5);
    who = meetings;
    const std::string longer = std::string{session} + "0";
    who.session = longer;
    CHECK(offset() == 36);
    who.session = slice(session, 0, 35);
    CHECK(offset() == 35);
}

TEST_CASE("Q-16: x-mitel-app is at most 256 bytes") {
    app who = meetings;
    const std::size_t rest = meetings_written.size() - who.os_version.size();
    const std::string fits(256 - rest, '1');
    who.os_version = fits;
    CHECK(written(who).size() == 256);
    CHECK(strictly(written(who)) == "ok");
    for (const std::size_t more : {1u, 2u, 1000u}) {
        const std::string too_long = fits + std::string(more, '1');
        who.os_version = too_long;
        const auto made = app_header::make(who);
        CHECK(made.code() == errc::too_long);
        CHECK(made.error().needed == 256 + more);
    }
    // What is mapped away does not count, and a bad part is told before the length.
    const std::string blanks(5000, ' ');
    const std::string padded = "1" + blanks + "2";
    who.os_version = padded;
    CHECK(written(who).find("/1-2;") != std::string::npos);
    const std::string long_name(300, 'n');
    who.name = long_name;
    who.session = "static";
    CHECK(written(who) == "session: a parameter has a value that is not allowed (at byte 0)");
}

TEST_CASE("Q-16: V23: received spellings of x-mitel-app, strictly and leniently") {
    struct vector {
        text value;
        text strict;
        text lenient;
    };
    constexpr vector vectors[] = {
        {"app=meetings-desktop/1.0.4;platform=windows/10.0.19041;"
         "session=e769f6ec-ceb6-4b98-bab5-2dc0e720426c;",
         "ok", "meetings|desktop|1.0.4|windows|10.0.19041|e769f6ec-ceb6-4b98-bab5-2dc0e720426c|"},
        // The guide's example.
        {"app=meetings-desktop/1.0.4/;platform=windows/10;"
         "session-id=b49d5f6c-1d31-4816-9c77-3d991c335220;",
         "version: a header holds a character that is not allowed (at byte 26)",
         "meetings|desktop|1.0.4|windows|10|b49d5f6c-1d31-4816-9c77-3d991c335220| "
         "slash_after_version session_id_key"},
        // The guide's template.
        {"app=x-web/1;platfom=linux/6;session=e769f6ec-ceb6-4b98-bab5-2dc0e720426c;",
         "platform: a header holds a character that is not allowed (at byte 12)",
         "x|web|1|linux|6|e769f6ec-ceb6-4b98-bab5-2dc0e720426c| platfom_key"},
        // Mitel's collection of requests.
        {"app=BR-AppRegistry/2.0.0;platform=windows/10;session-id=static",
         "name: a header holds a character that is not allowed (at byte 4)",
         "BR|AppRegistry|2.0.0|windows|10|static| session_id_key not_a_uuid upper_case "
         "no_last_semicolon"},
        // Mitel's sample of authentication.
        {"authentication-sample-code/1.0.0;platform=linux/#1 SMP;session=session-id;",
         "app: a header holds a character that is not allowed (at byte 0)",
         "authentication-sample|code|1.0.0|linux|#1 SMP|session-id| no_app_key "
         "platform_characters not_a_uuid upper_case"},
        // A program of somebody else.
        {"app=MyApp/1.0;platform=Linux/Ubuntu;session=abc123;",
         "name: a header holds a character that is not allowed (at byte 4)",
         "MyApp||1.0|Linux|Ubuntu|abc123| no_flavor not_a_uuid upper_case"},
        // Another sends an id alone.
        {"a1b2c3", "unknown parameter (at byte 0)",
         "|||||| no_name no_os no_session no_last_semicolon unknown_part"},
    };
    for (const vector& each : vectors) {
        CAPTURE(each.value);
        CHECK(read(each.value) == each.lenient);
        CHECK(strictly(each.value) == each.strict);
        CHECK(in_grammar(std::string{each.value}) == (strictly(each.value) == "ok"));
    }
}

TEST_CASE("Q-16: V23: CR, LF, NUL and other control characters are refused however it is read") {
    const std::string good{meetings_written};
    for (std::size_t at = 0; at <= good.size(); ++at)
        for (const unsigned byte : {0x00u, 0x0Au, 0x0Du, 0x01u, 0x0Bu, 0x1Bu, 0x7Fu}) {
            std::string value = good;
            value.insert(at, 1, static_cast<char>(byte));
            for (const app_reading how : {app_reading::lenient, app_reading::strict}) {
                const auto found = parse_app_header(value, how);
                CHECK(found.code() == errc::bad_header);
                CHECK(found.error().offset == at);
            }
        }
}

TEST_CASE("Q-16: keys without case, in any order, with blanks and empty parts") {
    const std::string id{session};
    CHECK(read("SESSION=" + id + ";Platform=a/1;App=x-web/2;") ==
          "x|web|2|a|1|" + id + "| upper_case other_order");
    CHECK(read(" app = x-web/2 ;\tplatform= a/1;session =" + id + "; ") ==
          "x|web|2|a|1|" + id + "| blanks");
    CHECK(read(";;app=x-web/2;;platform=a/1; ;session=" + id + ";") ==
          "x|web|2|a|1|" + id + "| blanks empty_part");
    CHECK(read("app=x-web/2;platform=a/1;sessionid=" + id + ";") ==
          "x|web|2|a|1|" + id + "| session_id_key");
    CHECK(read(";x-web/2;platform=a/1;session=" + id + ";") ==
          "x|web|2|a|1|" + id + "| no_app_key empty_part");
    // Only the first may lack its key.
    CHECK(read("platform=a/1;x-web/2;session=" + id + ";") ==
          "|||a|1|" + id + "| no_name unknown_part");
    // Keyless, though there is an equals sign behind its slash.
    CHECK(read("x-web/2=3;platform=a/1;session=" + id + ";") ==
          "x|web|2=3|a|1|" + id + "| no_app_key app_characters");
    CHECK(read("client=x-web/2;platform=a/1;session=" + id + ";") ==
          "|||a|1|" + id + "| no_name unknown_part");
}

TEST_CASE("Q-16: of two the first counts, and strictly read it is an error") {
    const std::string id{session};
    const std::string twice = "app=x-web/2;app=y-web/3;platform=a/1;session=" + id + ";";
    CHECK(read(twice) == "x|web|2|a|1|" + id + "| repeated_key");
    CHECK(strictly(twice) == "app: the parameter occurs twice (at byte 12)");
    CHECK(read("x-web/2;app=y-web/3;platform=a/1;platfom=b/2;session=" + id + ";session-id=9;") ==
          "x|web|2|a|1|" + id + "| no_app_key repeated_key");
    CHECK(strictly("app=x-web/2;platform=a/1;session=" + id + ";session-id=" + id + ";") ==
          "session: the parameter occurs twice (at byte 70)");
}

TEST_CASE("Q-16: what is missing, and where the first deviation is") {
    const std::string id{session};
    CHECK(read("") == "|||||| no_name no_os no_session no_last_semicolon");
    CHECK(read(";") == "|||||| no_name no_os no_session empty_part");
    CHECK(read("app=;platform=;session=;") ==
          "|||||| no_name no_flavor no_version no_os no_os_version no_session");
    CHECK(read("app=/;platform=/;session=;") ==
          "|||||| no_name no_flavor no_version no_os no_os_version no_session");
    CHECK(read("app=-web/1;platform=/1;session=" + id + ";") ==
          "|web|1||1|" + id + "| no_name no_os");
    CHECK(read("app=x-/1/;platform=a;session=" + id + ";") ==
          "x||1|a||" + id + "| no_flavor slash_after_version no_os_version");
    CHECK(read("app=x-web//;platform=a/1/;session=" + id + ";") ==
          "x|web||a|1/|" + id + "| no_version slash_after_version platform_characters");
    CHECK(read("app=x--y-web/1//;platform=a/1;session=" + id + ";") ==
          "x--y|web|1/|a|1|" + id + "| slash_after_version app_characters");
    CHECK(strictly("") == "name: a required parameter is missing (at byte 0)");
    CHECK(strictly("app=x-web/1;platform=a/1;") ==
          "session: a required parameter is missing (at byte 25)");
    CHECK(strictly("app=web/1;platform=a/1;session=" + id + ";") ==
          "flavor: a required parameter is missing (at byte 7)");
    CHECK(strictly("app=x-web/1;platform=a;session=" + id + ";") ==
          "os_version: a required parameter is missing (at byte 22)");
    CHECK(strictly("app=x-web/1;platform=a/1;session=" + id) ==
          "a header holds a character that is not allowed (at byte 69)");
    CHECK(strictly("app=x-web/1; platform=a/1;session=" + id + ";") ==
          "a header holds a character that is not allowed (at byte 12)");
    CHECK(strictly("app=x-web/1;platform=a/b c;session=" + id + ";") ==
          "os_version: a header holds a character that is not allowed (at byte 24)");
    CHECK(strictly("app=x-web/1;platform=a/1;session=e769f6ec;") ==
          "session: a header holds a character that is not allowed (at byte 41)");
}

TEST_CASE("Q-16: a header longer than is ever written") {
    const std::string long_version(200, '1');
    std::string value =
        "app=x-web/" + long_version + ";platform=a/1;session=" + std::string{session};
    value += ";";
    REQUIRE(value.size() > 256);
    CHECK(read(value).ends_with("| too_long"));
    const auto strict = parse_app_header(value, app_reading::strict);
    CHECK(strict.code() == errc::too_long);
    CHECK(strict.error().offset == 256);
    CHECK(strict.error().needed == value.size());
}

TEST_CASE("Q-16: unknown and repeated parts stay reachable") {
    const text value = "app=x-web/2; Region = eu=1 ;;platform=a/1;app=y-web/3;bare;=void;";
    CHECK(read(value) == "x|web|2|a|1|| no_session upper_case blanks empty_part repeated_key "
                         "unknown_part");
    using kind = cloudlink::app_part_kind;
    struct expected {
        kind is;
        text key;
        text value;
    };
    constexpr expected all[] = {
        {kind::app, "app", "x-web/2"},       {kind::unknown, "Region", "eu=1"},
        {kind::platform, "platform", "a/1"}, {kind::app, "app", "y-web/3"},
        {kind::unknown, "", "bare"},         {kind::unknown, "", "void"}};
    cloudlink::app_part_reader parts{value};
    for (const expected& each : all) {
        const auto part = parts.next();
        REQUIRE(part);
        CHECK(part->kind == each.is);
        CHECK(part->key == each.key);
        CHECK(part->value == each.value);
    }
    CHECK(!parts.next());
    CHECK(!parts.next());
    CHECK(!cloudlink::app_part_reader{""}.next());
    CHECK(!cloudlink::app_part_reader{" ; ;"}.next());
}

TEST_CASE("Q-16: names of deviations are all there and all different") {
    std::vector<text> all;
    for (unsigned i = 0; i < static_cast<unsigned>(app_deviation::count_); ++i) {
        const text each = name(static_cast<app_deviation>(i));
        CHECK(!each.empty());
        for (const text other : all) CHECK(each != other);
        all.push_back(each);
    }
    CHECK(name(app_deviation::count_).empty());
    CHECK(name(app_deviation::too_long) == "too_long");
    CHECK(name(app_deviation::platfom_key) == "platfom_key");
}

TEST_CASE("Q-16: what is written is read back, in each spelling, and of random parts") {
    std::mt19937 random{16};
    const auto word = [&random](text characters) {
        std::string made;
        for (std::size_t i = 1 + random() % 6; i > 0; --i)
            made += characters[random() % characters.size()];
        return made;
    };
    const auto uuid = [&random] {
        std::string bytes;
        for (int i = 0; i < 16; ++i) bytes += static_cast<char>(random() & 0xFF);
        const auto made = random_uuid::make(bytes);
        return std::string{made->view()};
    };
    constexpr text plain = "abcxyz0189";
    for (int round = 0; round < 2000; ++round) {
        std::string name = word(plain);
        for (auto i = random() % 3; i > 0; --i) name += "-" + word(plain);
        const std::string flavor = word(plain);
        const std::string version = word("abc019.-+_");
        const std::string os = "a" + word("abc019._");
        const std::string os_version = word("019.+_");
        const std::string id = uuid();
        const app who{.name = name,
                      .flavor = flavor,
                      .version = version,
                      .os = os,
                      .os_version = os_version,
                      .session = id};
        for (const app_spelling spelling :
             {app_spelling::documented, app_spelling::session_id, app_spelling::example}) {
            const auto made = app_header::make(who, spelling);
            REQUIRE(made);
            const text value = made->header().value;
            CAPTURE(value);
            const auto found = parse_app_header(value);
            REQUIRE(found);
            CHECK(same(found->app, who));
            cloudlink::app_deviations expected;
            if (spelling != app_spelling::documented) expected.add(app_deviation::session_id_key);
            if (spelling == app_spelling::example) expected.add(app_deviation::slash_after_version);
            CHECK(found->deviations == expected);
            CHECK((strictly(value) == "ok") == (spelling == app_spelling::documented));
        }
    }
}

TEST_CASE(
    "Q-16: cut at every place, and any byte in any place: read strictly as the grammar says") {
    exact_memory::text_before_end memory;
    const std::string good{meetings_written};
    for (std::size_t size = 0; size <= good.size(); ++size) {
        const auto kept = memory.keep(slice(good, 0, size));
        const text value{kept.data(), kept.size()};
        CHECK(parse_app_header(value).has_value());
        CHECK((strictly(value) == "ok") == (size == good.size()));
    }
    std::size_t accepted = 0;
    std::size_t wrong = 0;
    for (std::size_t at = 0; at < good.size(); ++at)
        for (unsigned byte = 0; byte < 256; ++byte) {
            std::string value = good;
            value[at] = static_cast<char>(byte);
            const bool ok = parse_app_header(value, app_reading::strict).has_value();
            accepted += ok ? 1u : 0u;
            wrong += ok != in_grammar(value) ? 1u : 0u;
        }
    CHECK(wrong == 0);
    CHECK(accepted > good.size());
}

TEST_CASE("Q-16: random bytes: every view is inside, strict is the grammar, nothing is allocated") {
    exact_memory::text_before_end memory;
    std::mt19937 random{23};
    std::size_t read_well = 0;
    std::size_t outside = 0;
    std::size_t wrong = 0;
    std::size_t not_made = 0;
    std::size_t allocations = 0;
    for (int round = 0; round < 200000; ++round) {
        std::string bytes;
        if (round % 2 == 0) {
            for (auto size = random() % 40; size > 0; --size) bytes += random_byte(random);
        } else {
            bytes = meetings_written;
            for (auto edits = 1 + random() % 3; edits > 0; --edits) {
                const std::size_t at = random() % (bytes.size() + 1);
                if (random() % 2 == 0)
                    bytes.insert(at, 1, random_byte(random));
                else
                    bytes.erase(at, 1 + random() % 8);
            }
        }
        const auto kept = memory.keep(bytes);
        const text value{kept.data(), kept.size()};
        no_heap_guard guard;
        const auto found = parse_app_header(value);
        const auto strict = parse_app_header(value, app_reading::strict);
        const auto made = found ? app_header::make(found->app) : app_header::make({});
        cloudlink::app_part_reader parts{value};
        std::size_t count = 0;
        while (parts.next()) ++count;
        allocations += guard.stop();
        if (count > bytes.size()) ++outside;
        if (strict.has_value() != in_grammar(bytes)) ++wrong;
        if (!strict && strict.error().offset > bytes.size()) ++outside;
        if (made && !in_grammar(std::string{made->header().value})) ++wrong;
        if (!found) continue;
        ++read_well;
        if (found->deviations.none() != strict.has_value()) ++wrong;
        // What has no deviation can be written again, to the byte but for dashes of the platform.
        if (strict && !made) ++not_made;
        for (const text part : {found->app.name, found->app.flavor, found->app.version,
                                found->app.os, found->app.os_version, found->app.session})
            if (!part.empty() && (part.data() < value.data() ||
                                  part.data() + part.size() > value.data() + value.size()))
                ++outside;
    }
    CHECK(allocations == 0);
    CHECK(outside == 0);
    CHECK(wrong == 0);
    CHECK(read_well > 10000);
    // Only a platform of dashes alone: there is nothing to write then.
    CHECK(not_made < 100);
}
