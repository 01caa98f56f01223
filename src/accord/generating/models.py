"""The source of models.py, by datamodel-code-generator. The only module that knows that tool."""

import contextlib
import io
import warnings
from collections.abc import Mapping

from datamodel_code_generator import generate
from datamodel_code_generator.enums import (
    DataModelType,
    InputFileType,
    NamingStrategy,
    TargetPydanticVersion,
)
from datamodel_code_generator.format import Formatter, PythonVersion
from datamodel_code_generator.parser import LiteralType

from accord.errors import UngeneratedModels
from accord.generating.shapes import Shape

_BASE_CONFIG = ("validate_by_name=True,", "validate_by_name=True, protected_namespaces=(),")
"""What the classes' common base is configured with: a property may be called `model_dump` or `model_id`."""


def models_source(shapes: Mapping[str, Shape]) -> str:
    """Python source with one pydantic class, or one type alias, for each shape. Not yet formatted.

    An optional property that is absent is `MISSING`, so that null stays null and absent stays absent.
    Raises UngeneratedModels.
    """
    if not shapes:
        return ""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "models", "version": "1"},
        "paths": {},
        "components": {"schemas": shapes},
    }
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        return _generated(document)


def _generated(document: Mapping[str, object]) -> str:
    try:
        source = generate(
            document,
            input_file_type=InputFileType.OpenAPI,
            output_model_type=DataModelType.PydanticV2BaseModel,
            target_python_version=PythonVersion.PY_311,
            target_pydantic_version=TargetPydanticVersion.V2_14,
            custom_file_header="# accord",
            disable_timestamp=True,
            formatters=[Formatter.BUILTIN],
            use_missing_sentinel=True,
            strict_nullable=True,
            use_annotated=True,
            field_constraints=True,
            snake_case_field=True,
            allow_population_by_field_name=True,
            enum_field_as_literal=LiteralType.All,
            use_type_alias_type=True,
            treat_dot_as_module=False,
            use_schema_description=True,
            use_field_description=True,
            use_single_line_docstring=True,
            use_inline_field_description=True,
            use_generic_base_class=True,
            use_union_operator=True,
            naming_strategy=NamingStrategy.PrimaryFirst,
        )
    except Exception as error:
        raise UngeneratedModels(
            f"models cannot be generated: {type(error).__name__}: {error}",
            hint="the schema that is named in this message is one that datamodel-code-generator cannot read",
        ) from error
    if not isinstance(source, str):
        raise UngeneratedModels("models cannot be generated into one module")
    return source.removeprefix("# accord").lstrip().replace(*_BASE_CONFIG, 1)
