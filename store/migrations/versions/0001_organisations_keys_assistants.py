"""Organisations, their API keys and their assistants.

Column types stand here as plain SQL types: a migration must not change when the code above it does.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisations"),
        sa.UniqueConstraint("name", name="uq_organisations_name"),
    )
    op.create_table(
        "api_keys",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("prefix", sa.String(16), nullable=False),
        sa.Column("organisation", sa.Uuid, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("digest", name="pk_api_keys"),
        sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name="fk_api_keys_organisation"),
    )
    _create_assistants()
    op.create_index("ix_assistants_organisation_sequence", "assistants", ["organisation", "sequence"])


def _create_assistants() -> None:
    sequence = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "assistants",
        sa.Column("sequence", sequence, sa.Identity(always=True), nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("organisation", sa.Uuid, nullable=False),
        sa.Column("assistant_type", sa.Text),
        sa.Column("llm_model", sa.Text),
        sa.Column("name", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("attributes", sa.Text, nullable=False),
        sa.Column("system_prompt", sa.Text),
        sa.Column("voice", sa.Boolean),
        sa.Column("custom_voice", sa.Boolean),
        sa.Column("voice_languages", sa.Text, nullable=False),
        sa.Column("org_id", sa.Uuid),
        sa.Column("show_images", sa.Boolean),
        sa.Column("hide_ds", sa.Boolean),
        sa.Column("webhook_id", sa.Uuid),
        sa.Column("has_human_agent", sa.Boolean),
        sa.Column("use_tools", sa.Boolean),
        sa.Column("conversation_flow_id", sa.Uuid),
        sa.PrimaryKeyConstraint("sequence", name="pk_assistants"),
        sa.UniqueConstraint("id", name="uq_assistants_id"),
        sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name="fk_assistants_organisation"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("assistants")
    op.drop_table("api_keys")
    op.drop_table("organisations")
