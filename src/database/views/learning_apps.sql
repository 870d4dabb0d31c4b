create view learning_apps as
select
  app.id,
  app.name
from lti_application app;
