#include "client.hpp"

namespace provision {

namespace {

tipring::auth::basic_authorization sign_in(text user, tipring::secret password) {
    auto login = tipring::auth::basic_authorization::make(user, password);
    if (!login) throw failed{join("sign in: ", said(login.error()))};
    return std::move(*login);
}

} // namespace

client::client(std::string origin, text user, tipring::secret password, tally& counts,
               const options& choices)
    : client{std::move(origin), sign_in(user, password), counts, choices} {}

client::client(std::string origin, tally& counts, const options& choices)
    : client{std::move(origin), tipring::auth::basic_authorization{}, counts, choices} {}

client::client(std::string origin, tipring::auth::basic_authorization login, tally& counts,
               const options& choices)
    : caller{counts, choices}, origin_{std::move(origin)}, login_{std::move(login)},
      server_{.origin = origin_, .authorization = login_.header()} {}

} // namespace provision
