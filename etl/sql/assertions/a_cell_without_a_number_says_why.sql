-- A null in table 3 or 4 must have a note (blank, dashed, illegible), or the line does not stand in that form.
select report_id, line, "column"
from requests unpivot include nulls (value for "column" in (* exclude (report_id, line)))
left join cell_notes using (report_id, line, "column")
where value is null and state is null
union all
select report_id, line, "column"
from review_litigation unpivot include nulls (value for "column" in (* exclude (report_id, line)))
left join cell_notes using (report_id, line, "column")
where value is null and state is null
