// The host's document of the cost model as a Model, with the table of its currencies.
#pragma once

#include <prismforet/module.hpp>

#include "fx.hpp"
#include "model.hpp"

namespace cost {

// Ends the call when a value is not what host/cost/model promises.
ExchangeTable read_currencies(pf::Value model);
Model read_model(pf::Value model, const ExchangeTable& currencies);

// The price blocks of the model: rate cards, then those of total cost.
void read_blocks(pf::Value model, const ExchangeTable& currencies, Model& result);

// Price, life and method of something bought; `price` is in the block's currency.
Purchase read_purchase(pf::Value value);

}  // namespace cost
