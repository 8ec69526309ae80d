import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("sittings", "0004_calibration_and_adaptive"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalibrationShard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("first_sitting", models.BigIntegerField()),
                ("last_sitting", models.BigIntegerField()),
                ("claimed_round", models.PositiveIntegerField(default=0)),
                ("done_round", models.PositiveIntegerField(default=0)),
                ("answers", models.BinaryField(default=b"")),
                ("outcome", models.BinaryField(default=b"")),
                (
                    "calibration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shards", to="sittings.calibration"
                    ),
                ),
            ],
            options={
                "ordering": ("calibration", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("calibration", "number"), name="one_shard_per_number")
                ],
            },
        ),
    ]
