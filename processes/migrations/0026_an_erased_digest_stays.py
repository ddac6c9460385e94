from django.db import migrations

from processes.audit import triggers


class Migration(migrations.Migration):
    """The trigger of the entries lets nobody put another digest in the place of an erased one."""

    dependencies = [("processes", "0025_erasure_by_order")]

    operations = [migrations.RunPython(triggers.forwards, migrations.RunPython.noop)]
