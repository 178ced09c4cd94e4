select county, sample, first, last from counties order by sample, county
