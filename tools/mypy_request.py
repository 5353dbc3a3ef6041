"""What our middleware and decorators put on a request, for mypy: it cannot see that from the code.

The values are those of a page behind `signed_in` or `in_space`; a page open to visitors asks `request.sign_in` first.
"""

from collections.abc import Callable

from mypy.nodes import MDEF, SymbolTableNode, TypeInfo, Var
from mypy.plugin import AttributeContext, ClassDefContext, Plugin
from mypy.types import AnyType, Instance, Type, TypeOfAny

REQUEST = "django.http.request.HttpRequest"
ADDED = {
    "sign_in": "monespace.identity.models.SignIn",
    "user": "monespace.identity.models.Person",
    "space": "monespace.spaces.space.Space",
    "seats": None,
    "log_id": None,
}


class RequestPlugin(Plugin):
    """Adds the attributes to Django's request, then tells the type of each."""

    def get_customize_class_mro_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        """The request's class gets the attributes it lacks."""
        return add if fullname == REQUEST else None

    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        """Reading one of them gives its class, when mypy has read that class."""
        owner, _, name = fullname.rpartition(".")
        model = ADDED.get(name) if owner == REQUEST else None
        return (lambda context: self.type_of(model, context)) if model else None

    def type_of(self, fullname: str, context: AttributeContext) -> Type:
        """An instance of this class."""
        found = self.lookup_fully_qualified(fullname)
        known = found is not None and isinstance(found.node, TypeInfo)
        return Instance(found.node, []) if known else context.default_attr_type  # type: ignore[union-attr,arg-type]


def add(context: ClassDefContext) -> None:
    """Declare each attribute that the class does not have."""
    info = context.cls.info
    for name in ADDED:
        if name not in info.names:
            variable = Var(name, AnyType(TypeOfAny.explicit))
            variable.info, variable._fullname = info, f"{info.fullname}.{name}"
            info.names[name] = SymbolTableNode(MDEF, variable, plugin_generated=True)


def plugin(version: str) -> type[Plugin]:
    """Mypy's door."""
    return RequestPlugin
