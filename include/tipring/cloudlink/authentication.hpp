// CloudLink's Authentication API (fact sheet B.1).
#pragma once

#include <tipring/cloudlink/application.hpp>
#include <tipring/cloudlink/claims.hpp>
#include <tipring/cloudlink/token.hpp>
#include <tipring/http/operation.hpp>

namespace tipring::inline TIPRING_ABI::cloudlink {

/// For servers: server::cloudlink::parse<authentication_operations>(). Requests for tokens are all
/// token_request there; clients make one of token_grants.
using authentication_operations =
    http::operation_list<token_request, view_claims, authorize, view_saml_status, view_application,
                         update_application, list_applications, list_credentials, create_credential,
                         view_credential, update_credential, delete_credential,
                         list_identity_providers, view_identity_provider>;

} // namespace tipring::inline TIPRING_ABI::cloudlink
