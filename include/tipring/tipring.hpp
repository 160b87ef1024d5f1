// Everything for clients: core, json, http, auth and the APIs. Not here: the server's side
// (server/), the adapters to other libraries (json/boost.hpp).
#pragma once

#include <tipring/auth/authorize.hpp>
#include <tipring/auth/base64.hpp>
#include <tipring/auth/basic.hpp>
#include <tipring/auth/bearer.hpp>
#include <tipring/auth/oauth2.hpp>
#include <tipring/auth/pkce.hpp>
#include <tipring/auth/sha256.hpp>
#include <tipring/core/arena.hpp>
#include <tipring/core/config.hpp>
#include <tipring/core/error.hpp>
#include <tipring/core/field.hpp>
#include <tipring/core/id.hpp>
#include <tipring/core/list.hpp>
#include <tipring/core/result.hpp>
#include <tipring/core/secret.hpp>
#include <tipring/core/text.hpp>
#include <tipring/core/time.hpp>
#include <tipring/http/answer.hpp>
#include <tipring/http/form.hpp>
#include <tipring/http/log.hpp>
#include <tipring/http/message.hpp>
#include <tipring/http/operation.hpp>
#include <tipring/http/paging.hpp>
#include <tipring/http/query.hpp>
#include <tipring/http/request.hpp>
#include <tipring/http/row_stream.hpp>
#include <tipring/http/url.hpp>
#include <tipring/json/copy.hpp>
#include <tipring/json/decode.hpp>
#include <tipring/json/decoded.hpp>
#include <tipring/json/encode.hpp>
#include <tipring/json/equal.hpp>
#include <tipring/json/print.hpp>
#include <tipring/miarec/miarec.hpp>
