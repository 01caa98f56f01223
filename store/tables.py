"""The tables. A change here needs a migration beside it; a test compares the two."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
)

from store.columns import AnyText, JsonText

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# SQLite counts rows only in a column that is called exactly INTEGER.
_Sequence = BigInteger().with_variant(Integer(), "sqlite")

organisations = Table(
    "organisations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)

api_keys = Table(
    "api_keys",
    metadata,
    # SHA-256 of the key: what a key is found by. The key itself is stored nowhere.
    Column("digest", LargeBinary(32), primary_key=True),
    # The first characters, by which people tell keys apart.
    Column("prefix", String(16), nullable=False),
    Column("organisation", ForeignKey("organisations.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
)

assistants = Table(
    "assistants",
    metadata,
    # The order of creation, which pages follow.
    Column("sequence", _Sequence, Identity(always=True), primary_key=True),
    Column("id", Uuid, nullable=False, unique=True),
    # Who it belongs to: the organisation of the key that made it. `org_id` is only what was said of it.
    Column("organisation", ForeignKey("organisations.id"), nullable=False),
    Column("assistant_type", Text),
    Column("llm_model", Text),
    Column("name", AnyText),
    Column("description", AnyText),
    Column("attributes", JsonText, nullable=False),
    Column("system_prompt", AnyText),
    Column("voice", Boolean),
    Column("custom_voice", Boolean),
    Column("voice_languages", JsonText, nullable=False),
    Column("org_id", Uuid),
    Column("show_images", Boolean),
    Column("hide_ds", Boolean),
    Column("webhook_id", Uuid),
    Column("has_human_agent", Boolean),
    Column("use_tools", Boolean),
    Column("conversation_flow_id", Uuid),
    Index(None, "organisation", "sequence"),
    sqlite_autoincrement=True,
)
