// All of OData: filters, their text and its reading, the options of a query, and the properties
// that CloudLink is known to filter by.
#pragma once

#include <tipring/cloudlink/odata_filter.hpp>
#include <tipring/cloudlink/odata_parse.hpp>
#include <tipring/cloudlink/odata_print.hpp>
#include <tipring/cloudlink/odata_property.hpp>
#include <tipring/cloudlink/odata_query.hpp>
#include <tipring/cloudlink/properties.hpp>
