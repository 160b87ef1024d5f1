// All of CloudLink: where it is, its services' types and operations, OData.
#pragma once

#include <tipring/cloudlink/admin.hpp>
#include <tipring/cloudlink/api.hpp>
#include <tipring/cloudlink/app_header.hpp>
#include <tipring/cloudlink/authentication.hpp>
#include <tipring/cloudlink/collection.hpp>
#include <tipring/cloudlink/ids.hpp>
#include <tipring/cloudlink/odata.hpp>
#include <tipring/cloudlink/platform.hpp>
