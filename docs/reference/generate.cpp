// Prints a reference page, made from the tables: `generate miarec` or `generate cloudlink`. tools/reference puts it into
// docs/reference. What is to be on a page is in main().
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <tipring/server/cloudlink.hpp>
#include <tipring/server/miarec.hpp>

namespace {

using namespace tipring;

void print(std::string_view words) { std::fwrite(words.data(), 1, words.size(), stdout); }

std::string code(std::string_view words) { return "`" + std::string{words} + "`"; }

/// The name of a type without its namespaces, as both compilers print it.
template <class T>
std::string type_name() {
    std::string_view name = __PRETTY_FUNCTION__;
    name.remove_prefix(name.find("T = ") + 4);
    name = name.substr(0, name.find_first_of(";]"));
    return std::string{name.substr(name.rfind(':') + 1)};
}

template <class T>
concept page_of_rows = requires { typename T::row; };
/// Of things of which no document says what they are.
template <class T>
concept page_of_anything = page_of_rows<T> && !described<typename T::row>;

/// A page: types by their tables, so that members can name theirs, and what is printed, in order.
class page {
public:
    /// A type that is described on the page, once.
    template <described T>
    void add_type() {
        if (!names_.emplace(&json::table_of<T>, code(type_name<T>())).second) return;
        names_.emplace(&json::table_of<cloudlink::collection<T>>, "(a page of " + code(type_name<T>()) + ")");
        types_.emplace_back([this] {
            print("\n### " + code(type_name<T>()) + "\n\n");
            print_members<T>();
        });
    }
    template <described... Types>
    void add_types() {
        (add_type<Types>(), ...);
    }
    /// The operations of a list under a heading, and what they answer.
    template <class... Ops>
    void add_operations(http::operation_list<Ops...>, const char* heading) {
        (add_answer<typename Ops::answer>(), ...);
        operations_.emplace_back([this, heading] {
            print("\n## " + std::string{heading} + "\n");
            (print_operation<Ops>(), ...);
        });
        rows_.emplace_back([heading] { (print_row<Ops>(heading), ...); });
        count_ += sizeof...(Ops);
    }
    /// The same by the list's type, for services.
    template <class List>
    void add_service(const char* heading) {
        add_operations(List{}, heading);
    }

    void print_summary() const {
        print(std::to_string(count_) + " operations.\n\n| | operation | request | evidence |\n|---|---|---|---|\n");
        for (const auto& each : rows_) each();
    }
    void print_all() const {
        for (const auto& each : operations_) each();
        print("\n## Types\n");
        for (const auto& each : types_) each();
    }

    bool names_answers = false;

private:
    template <class Answer>
    void add_answer() {
        if (!names_answers) return;
        if constexpr (page_of_anything<Answer>)
            return;
        else if constexpr (page_of_rows<Answer>)
            add_type<typename Answer::row>();
        else if constexpr (described<Answer>)
            add_type<Answer>();
    }
    template <class Answer>
    static std::string answer_name() {
        if constexpr (page_of_anything<Answer>)
            return "a page of any JSON";
        else if constexpr (page_of_rows<Answer>)
            return "a page of " + code(type_name<typename Answer::row>());
        else if constexpr (described<Answer>)
            return code(type_name<Answer>());
        else if constexpr (std::is_same_v<Answer, http::done>)
            return "nothing";
        else if constexpr (std::is_same_v<Answer, http::media>)
            return "the bytes of a file";
        else
            return "the id of what was created";
    }

    /// Of an object, or of the elements of an array: its name, or else its members'.
    std::string object_name(const json::description& d) const {
        const json::table* const type = d.type();
        if (const auto found = names_.find(type); found != names_.end()) return found->second;
        std::string members;
        for (std::size_t i = 0; i < type->member_count; ++i) members += " " + code(type->name_of(type->members[i]));
        return "with" + members;
    }
    std::string kind_of(const json::description& d) const {
        switch (d.facts.kind) {
            case json::kind::text: return d.known_count != 0 ? "text, one of" : "text";
            case json::kind::raw: return "any JSON";
            case json::kind::number: return "number";
            case json::kind::integer: return "integer";
            case json::kind::enumeration: return "integer code";
            case json::kind::boolean: return "boolean";
            case json::kind::object: return "object " + object_name(d);
            case json::kind::array: return d.facts.element == json::kind::object ? "array of objects " + object_name(d) : "array of text";
            case json::kind::map: return "object with free keys";
            default: return "typed";
        }
    }
    static std::string facts_of(const json::description& d) {
        std::string facts;
        const auto add = [&](bool holds, std::string_view word) {
            if (!holds) return;
            if (!facts.empty()) facts += ", ";
            facts += word;
        };
        const json::member& m = d.facts;
        add(m.has(json::in_path), "path");
        add(m.has(json::in_query), "query");
        add(m.has(json::in_header), "header");
        add(m.has(json::required), "required");
        add(m.has(json::read_only), "read-only");
        add(m.has(json::write_only), "write-only");
        add(m.has(json::is_secret), "secret");
        add(m.has(json::deprecated), "deprecated");
        add(m.has(json::nullable), "may be null");
        add(m.limit != 0, "at most " + std::to_string(m.limit));
        add(!d.also.empty(), "also read as " + code(d.also));
        return facts;
    }

    template <described T>
    void print_members() const {
        print("| member | what | facts | |\n|---|---|---|---|\n");
        for (const json::description& d : json::detail::descriptions_of<T>) {
            std::string kind = kind_of(d);
            for (std::size_t k = 0; k < d.known_count; ++k) kind += " " + code(d.known_names[k]);
            print("| " + code(d.name) + " | " + kind + " | " + facts_of(d) + " | " + std::string{d.doc} + " |\n");
        }
    }
    template <http::operation_type Op>
    static std::string request_of() {
        const http::operation& facts = http::operation_of<Op>;
        return code(std::string{http::name(facts.method)} + " " + std::string{facts.path});
    }
    template <http::operation_type Op>
    static void print_row(std::string_view heading) {
        const http::operation& facts = http::operation_of<Op>;
        print("| " + std::string{heading} + " | " + code(facts.name) + " | " + request_of<Op>() + " | " +
              std::string{http::name(facts.evidence)} + " |\n");
    }
    template <http::operation_type Op>
    void print_operation() const {
        const http::operation& facts = http::operation_of<Op>;
        print("\n### " + code(facts.name) + "\n\n" + std::string{facts.doc} + " " + request_of<Op>());
        if (!facts.other_path.empty()) print(", also " + code(facts.other_path));
        if (names_answers) print(". Answer: " + answer_name<typename Op::answer>() + (facts.may_be_empty ? ", or empty" : ""));
        if (facts.is_anonymous) print(". Sent without the token");
        if (facts.idempotent == (facts.method == http::method::post)) print(facts.idempotent ? ". Safe to repeat" : ". Not safe to repeat");
        print(". Source: " + std::string{facts.source});
        if (names_answers || facts.evidence != http::evidence::documented) print(" (evidence: " + std::string{http::name(facts.evidence)} + ")");
        print(".\n\n");
        print_members<Op>();
    }

    std::map<const json::table*, std::string> names_;
    std::vector<std::function<void()>> types_;
    std::vector<std::function<void()>> operations_;
    std::vector<std::function<void()>> rows_;
    std::size_t count_ = 0;
};

void print_miarec() {
    using namespace miarec;
    page out;
    out.add_operations(server::miarec::detail::all_operations{}, "Operations");
    out.add_types<call, file, participant, call_custom_field_value, file_url, client, contact, encrypt_key, authorized_user, group, role,
                  permission, tenant, tenant_licensing, tenant_associate_calls, user, user_login, user_recording, user_licensing,
                  custom_field, recorder_health, error_body>();
    print("# MiaRec: operations and types\n\nMade by `tools/reference` from the tables in `include/tipring/miarec`; do not edit.\n"
          "What was decided where the documents contradict themselves (D-nn) is in [../miarec.md](../miarec.md).\n");
    out.print_all();
}

constexpr std::string_view cloudlink_sources = R"(
| source | what |
|---|---|
| seed | Mitel's developer portal, [building API calls](https://developer.mitel.io/guides-resources/building-api-calls) |
| P1 to P4 | other pages of the portal, and older variants |
| F1 to F4 | answers of Mitel's staff in its forum, get.mitel.help |
| R1 | [Mitel's sample programs](https://github.com/mitel-networks/developer-api-program) |
| R2 | there, `media-sample-code/mediaSwagger.json`: the API description of Media |
| R3 | there, Postman collection Application Registration |
| R4 | [an iOS SDK](https://github.com/nilssonr/ios-cloudlink-sdk) by an engineer of Mitel |
| R5, R6 | Mitel's [workflow documents](https://github.com/mitel-networks/workflow-docs) and [chat bots](https://github.com/mitel-networks/third-party-chat-bots) |
| R7 | [an administration page](https://github.com/atriadas/Group-Management-SPA) with recorded answers |
| R8 | [a web application starter](https://github.com/zmrfzn-mitel/cocoa-starter) by Mitel |
| R9 to R14 | further programs by people of Mitel: operation by shell, a messenger of 2017, bots, tests |
| T1 to T4, U1 | programs of third parties |
| D1 to D4 | Mitel's and Microsoft's manuals around CloudLink |

The ids before them (`ME-1`) count the endpoints of each service.

)";

void print_cloudlink() {
    using namespace cloudlink;
    page out;
    out.names_answers = true;
    // One line for each service. What its operations answer is described without being asked for; what lies inside of that is if
    // it is named in add_types(), and else told by its members' names alone.
    out.add_service<authentication_operations>("Authentication");
    out.add_service<token_grants>("Authentication: the requests for tokens");
    out.add_service<admin_operations>("Admin");
    out.add_service<chat_operations>("Chat");
    out.add_service<notification_operations>("Notifications");
    out.add_service<workflow_operations>("Workflow");
    out.add_service<router_operations>("Router");
    out.add_service<director_operations>("Director");
    out.add_service<billing_operations>("Billing");
    out.add_service<analytics_operations>("Analytics");
    out.add_service<system_manager_operations>("System manager");
    out.add_service<media_operations>("Media");
    out.add_types<connected_party, conference_links, conference_embedded, conference_address, conference_tag, participant_tag,
                  attendance_embedded, content_embedded, recording_embedded, recording_media, channel_media, conference_invitation,
                  extension>();
    out.add_types<links, error_body>();
    print("# CloudLink: operations and types\n\nMade by `tools/reference` from the tables in `include/tipring/cloudlink`; do not edit.\n"
          "Paths are those behind the service's version (`/2017-09-01/...`). All answers may lack any member; enumerations keep words\n"
          "that are not listed here.\n\nEvidence, the best first: `documented` in the vendor's guides, `official` in other matter of the "
          "vendor\n(an API description, sample code, an answer of its staff), `vendor_code` in code that its people published, `integrator` "
          "in\ncode of third parties, `analogy` nowhere.\n");
    print(cloudlink_sources);
    out.print_summary();
    out.print_all();
}

} // namespace

int main(int argc, char** argv) {
    const std::string_view wanted = argc == 2 ? argv[1] : "";
    if (wanted != "miarec" && wanted != "cloudlink") {
        std::fprintf(stderr, "usage: generate miarec|cloudlink\n");
        return 2;
    }
    wanted == "miarec" ? print_miarec() : print_cloudlink();
    return 0;
}
