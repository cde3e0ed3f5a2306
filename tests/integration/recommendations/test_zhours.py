import datetime as dt, pytest
from clinic import keys
from clinic.clock import now
from clinic.models.patient import Patient
from recommendations import publications
from recommendations.demo.people import SHOWN
from recommendations.demo.seed import seed
from recommendations.models.suggestion import Suggestion
from recommendations.models.review import Review
from tests.database import COMMITTED
@COMMITTED
@pytest.mark.parametrize("hour",[0,1,3,6,9,12,15,18,21,23])
def test_h(hour):
    d=now().date()-dt.timedelta(days=1)
    at=dt.datetime.combine(d,dt.time(hour,4),dt.UTC)
    seed(now=at,report=lambda s:None)
    shown=Patient.objects.get(user__sign_in_name=SHOWN[1].sign_in_name)
    p=publications.of_patient(shown,keys.ring([shown.pk]),at=at)
    w=Suggestion.objects.filter(patient=shown,state="open").count()
    print("\nHOUR",hour,"plan",len(p.plan),"waiting",w,"states",sorted(set(Suggestion.objects.values_list("state",flat=True))),sorted(set(Review.objects.values_list("verdict",flat=True))),"open",Suggestion.objects.filter(state="open").count())
