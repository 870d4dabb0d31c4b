create view grades as
select
  grade.id,
  grade.grade_primary_identifier as grade_identifier,
  grade.label,
  grade.order_number
from placement_grade grade;
