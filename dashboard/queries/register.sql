select government, code from governments where county = $county
