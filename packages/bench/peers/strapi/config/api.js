"use strict";

module.exports = { rest: { defaultLimit: 20, maxLimit: 100 } };
