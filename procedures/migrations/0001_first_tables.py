import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


# A published version is a promise: what it says never changes, so that a case can be judged by what was in force when
# it came in (NĐ 63/2010: publication of procedures). Two columns may still move, each one way: the last day may come
# nearer (closed by the next version or by a repeal), and the version may be annulled once.
# The parts are locked through their version: FOR SHARE waits for a publication under way, so that no part slips in
# beside it.
IMMUTABLE = """
CREATE FUNCTION procedures_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE'
        OR (to_jsonb(NEW) - 'valid_to' - 'annulled_at') IS DISTINCT FROM (to_jsonb(OLD) - 'valid_to' - 'annulled_at')
        OR (NEW.valid_to IS DISTINCT FROM OLD.valid_to
            AND NOT (NEW.valid_to IS NOT NULL AND (OLD.valid_to IS NULL OR NEW.valid_to < OLD.valid_to)))
        OR (OLD.annulled_at IS NOT NULL AND NEW.annulled_at IS DISTINCT FROM OLD.annulled_at)
    THEN
        RAISE EXCEPTION 'version % of procedure % is published and never changes', OLD.number, OLD.procedure_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_is_immutable BEFORE UPDATE OR DELETE ON procedures_procedureversion
    FOR EACH ROW EXECUTE FUNCTION procedures_version_is_immutable();

CREATE FUNCTION procedures_part_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    published timestamptz;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT published_at INTO published FROM procedures_procedureversion WHERE id = OLD.version_id FOR SHARE;
    END IF;
    IF published IS NULL AND TG_OP <> 'DELETE' THEN
        SELECT published_at INTO published FROM procedures_procedureversion WHERE id = NEW.version_id FOR SHARE;
    END IF;
    IF published IS NOT NULL THEN
        RAISE EXCEPTION 'a part of a published version never changes (%)', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
IMMUTABLE_UNDONE = """
DROP FUNCTION procedures_part_is_immutable() CASCADE;
DROP FUNCTION procedures_version_is_immutable() CASCADE;
"""
PARTS = ("variant", "paperrequirement", "timelimit", "fee", "result")
PART_IS_IMMUTABLE = "".join(
    f"CREATE TRIGGER {part}_is_immutable BEFORE INSERT OR UPDATE OR DELETE ON procedures_{part}"
    " FOR EACH ROW EXECUTE FUNCTION procedures_part_is_immutable();"
    for part in PARTS
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_first_tables'),
    ]

    operations = [
        # Search by any words and by words with a slip in them; trusted since PostgreSQL 13.
        TrigramExtension(),
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(blank=True, max_length=8, null=True, unique=True, verbose_name='Mã thủ tục')),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('name', models.TextField(verbose_name='Tên thủ tục')),
                ('family', models.CharField(blank=True, max_length=60, verbose_name='Nhóm')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('code__isnull', True), ('code__regex', '^[0-9]\\.[0-9]{6}$'), _connector='OR'), name='procedure_code_shape')],
            },
        ),
        migrations.CreateModel(
            name='ProcedureVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='Phiên bản')),
                ('name', models.TextField(verbose_name='Tên thủ tục')),
                ('field', models.TextField(blank=True, verbose_name='Lĩnh vực')),
                ('ministry', models.TextField(blank=True, verbose_name='Bộ quản lý')),
                ('level', models.CharField(choices=[('ministry', 'Cấp bộ'), ('province', 'Cấp tỉnh'), ('commune', 'Cấp xã'), ('other', 'Cơ quan khác'), ('district', 'Cấp huyện (đã kết thúc)')], max_length=10, verbose_name='Cấp thực hiện')),
                ('levels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ministry', 'Cấp bộ'), ('province', 'Cấp tỉnh'), ('commune', 'Cấp xã'), ('other', 'Cơ quan khác'), ('district', 'Cấp huyện (đã kết thúc)')], max_length=10), default=list, size=None)),
                ('competent_text', models.TextField(blank=True, verbose_name='Cơ quan có thẩm quyền')),
                ('executing', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('boundary_free', models.CharField(blank=True, choices=[('province', 'Trong tỉnh'), ('nation', 'Toàn quốc')], max_length=10, null=True)),
                ('boundary_free_decision', models.TextField(blank=True)),
                ('boundary_free_from', models.DateField(blank=True, null=True)),
                ('applicant_kinds', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('online_level', models.CharField(choices=[('full', 'Toàn trình'), ('partial', 'Một phần'), ('none', 'Không trực tuyến'), ('unknown', 'Chưa rõ')], default='unknown', max_length=10)),
                ('conditions', models.TextField(blank=True, verbose_name='Yêu cầu, điều kiện')),
                ('legal_basis', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('steps_text', models.TextField(blank=True, verbose_name='Trình tự thực hiện')),
                ('paper_notes', models.TextField(blank=True, verbose_name='Lưu ý về hồ sơ')),
                ('decision', models.TextField(blank=True, verbose_name='Quyết định công bố')),
                ('source', models.TextField(blank=True, verbose_name='Nguồn')),
                ('checks', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)),
                ('origin', models.CharField(choices=[('curated', 'Danh mục biên tập'), ('imported', 'Nhập từ cơ sở dữ liệu quốc gia'), ('edited', 'Biên tập tại chỗ')], max_length=10)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('search_text', models.TextField(blank=True)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='Có hiệu lực từ')),
                ('valid_from_is_known', models.BooleanField(default=True)),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='Hết hiệu lực sau')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('annulled_at', models.DateTimeField(blank=True, null=True)),
                ('competent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='procedure_versions', to='agencies.agency')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='procedures.procedure')),
            ],
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('name', models.TextField(verbose_name='Kết quả')),
                ('code', models.CharField(blank=True, max_length=14, verbose_name='Mã kết quả')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='procedures.procedureversion')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Variant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60)),
                ('name', models.TextField(verbose_name='Trường hợp')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='variants', to='procedures.procedureversion')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TimeLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Trực tiếp'), (2, 'Trực tuyến'), (3, 'Bưu chính công ích')], null=True)),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                ('unit', models.CharField(blank=True, max_length=20)),
                ('counting', models.CharField(blank=True, max_length=10)),
                ('cut_off', models.TimeField(blank=True, null=True)),
                ('note', models.TextField(blank=True)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='limits', to='procedures.procedureversion')),
                ('variant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='limits', to='procedures.variant')),
            ],
        ),
        migrations.CreateModel(
            name='PaperRequirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('name', models.TextField(verbose_name='Tên giấy tờ')),
                ('originals', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Bản chính')),
                ('copies', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Bản sao')),
                ('template', models.TextField(blank=True, verbose_name='Biểu mẫu')),
                ('need', models.CharField(choices=[('required', 'Bắt buộc'), ('conditional', 'Theo trường hợp'), ('optional', 'Không bắt buộc')], default='required', max_length=12)),
                ('condition', models.TextField(blank=True, verbose_name='Khi nào cần')),
                ('group', models.TextField(blank=True, verbose_name='Nhóm giấy tờ')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='procedures.procedureversion')),
                ('variant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='procedures.variant')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Fee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Trực tiếp'), (2, 'Trực tuyến'), (3, 'Bưu chính công ích')], null=True)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('name', models.TextField(verbose_name='Khoản thu')),
                ('kind', models.CharField(max_length=10)),
                ('amount_vnd', models.PositiveBigIntegerField(blank=True, null=True)),
                ('tier_ends', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), blank=True, default=list, size=None)),
                ('tier_prices', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), blank=True, default=list, size=None)),
                ('cap_vnd', models.PositiveBigIntegerField(blank=True, null=True)),
                ('unit', models.CharField(blank=True, max_length=30, verbose_name='Đơn vị tính')),
                ('text', models.TextField(blank=True)),
                ('moment', models.CharField(blank=True, max_length=12)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fees', to='procedures.procedureversion')),
                ('variant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fees', to='procedures.variant')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='procedureversion',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='version_search', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='procedureversion',
            constraint=models.UniqueConstraint(fields=('procedure', 'number'), name='version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='procedureversion',
            constraint=models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('valid_from__isnull', False), _connector='OR'), name='version_published_has_first_day'),
        ),
        migrations.AddConstraint(
            model_name='procedureversion',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='version_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='procedureversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('annulled_at__isnull', True), ('published_at__isnull', False)), expressions=[('procedure', '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='version_one_in_force_a_day'),
        ),
        migrations.AddConstraint(
            model_name='variant',
            constraint=models.UniqueConstraint(fields=('version', 'key'), name='variant_key_once'),
        ),
        migrations.AddConstraint(
            model_name='timelimit',
            constraint=models.UniqueConstraint(fields=('version', 'variant', 'channel'), name='limit_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='timelimit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', True), ('unit', '')), models.Q(('amount__gte', 0), ('amount__isnull', False), ('unit__gt', '')), _connector='OR'), name='limit_has_amount_and_unit'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.UniqueConstraint(fields=('version', 'variant', 'channel', 'name'), name='fee_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount_vnd__gt', 0), ('amount_vnd__isnull', False), ('kind', 'fixed')), models.Q(('amount_vnd__isnull', True), ('kind__in', ['free', 'council', 'rule', 'unknown'])), _connector='OR'), name='fee_amount_of_fixed'),
        ),
        migrations.RunSQL(IMMUTABLE + PART_IS_IMMUTABLE, IMMUTABLE_UNDONE),
    ]
