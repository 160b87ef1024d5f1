// A program that decodes and encodes everything that comes from a MiaRec server: what the
// operations answer, and the recorder's health. With the types within, these are all types of that
// API. With WEIGH_CLOUDLINK it is CloudLink instead: what the operations of all services answer,
// and what webhooks bring. It is built to be weighed (tools/bench --gate), less the weight of an
// empty main; what it does with its input is of no interest.
#include <cstdio>

#if defined(WEIGH_CLOUDLINK)
#include <tipring/server/cloudlink.hpp>
#else
#include <tipring/server/miarec.hpp>
#endif

namespace {

char input[1 << 16];
char output[1 << 16];
tipring::static_arena<1 << 16> memory;
std::size_t sum = 0;

template <class T>
void there_and_back(tipring::text body) {
    if constexpr (tipring::json::described<T>) {
        memory.reset();
        const auto value = tipring::json::decode<T>(body, memory);
        if (!value) return;
        const auto written = tipring::json::encode(*value, output);
        if (written) sum += written->size();
    }
}

template <class... Operations>
void all_answers(tipring::http::operation_list<Operations...>, tipring::text body) {
    (there_and_back<typename Operations::answer>(body), ...);
}

#if defined(WEIGH_CLOUDLINK)
void everything(tipring::text body) {
    namespace cloudlink = tipring::cloudlink;
    all_answers(cloudlink::authentication_operations{}, body);
    all_answers(cloudlink::admin_operations{}, body);
    all_answers(cloudlink::chat_operations{}, body);
    all_answers(cloudlink::media_operations{}, body);
    all_answers(cloudlink::notification_operations{}, body);
    all_answers(cloudlink::workflow_operations{}, body);
    all_answers(cloudlink::router_operations{}, body);
    all_answers(cloudlink::director_operations{}, body);
    all_answers(cloudlink::analytics_operations{}, body);
    all_answers(cloudlink::system_manager_operations{}, body);
    all_answers(cloudlink::billing_operations{}, body);
    there_and_back<cloudlink::publication_envelope>(body);
    there_and_back<cloudlink::event_facts>(body);
    there_and_back<cloudlink::presentity>(body);
}
#else
void everything(tipring::text body) {
    all_answers(tipring::server::miarec::detail::all_operations{}, body);
    there_and_back<tipring::miarec::recorder_health>(body);
}
#endif

} // namespace

int main() {
    everything({input, std::fread(input, 1, sizeof input, stdin)});
    return sum == 0 ? 1 : 0;
}
