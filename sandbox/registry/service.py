"""The register's service of legal functions, over HTTP, for those who carry its secret."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.phone import knows_secret
from sandbox.registry.model import Function
from sandbox.world import World


async def functions(request: Request) -> Response:
    """All legal functions of one enterprise, past ones too; 404 when the register does not know the number."""
    world: World = request.app.state.world
    if world.faults.on("registry_down"):
        return JSONResponse({"error": "out of order"}, 503)
    if not knows_secret(world, request.headers.get("authorization", "")):
        return JSONResponse({"error": "unauthorized"}, 401, {"WWW-Authenticate": "Bearer"})
    number = printed(request.path_params["number"])
    if not world.registry.knows(number):
        return JSONResponse({"error": "unknown enterprise"}, 404)
    found = changed(world, number) or [described(one) for one in world.registry.functions_of(number)]
    return JSONResponse({"enterprise_number": number, "as_of": world.day().isoformat(), "functions": found})


async def change(request: Request) -> Response:
    """PUT a list of functions in the service's own form: the register says so from now on. DELETE undoes it."""
    world: World = request.app.state.world
    number = printed(request.path_params["number"])
    if not world.registry.knows(number):
        return JSONResponse({"error": "unknown enterprise"}, 404)
    if request.method == "DELETE":
        world.store.drop("functions", number)
        return Response(status_code=204)
    try:
        wanted = [dict(entry) for entry in await request.json()]
    except (ValueError, TypeError):
        return JSONResponse({"error": "a list of functions is required"}, 400)
    world.store.put("functions", number, {"functions": wanted})
    return Response(status_code=204)


def changed(world: World, number: str) -> list[dict]:
    kept = world.store.get("functions", number, world.now())
    return kept["functions"] if kept else []


def printed(number: str) -> str:
    """0123.456.749, whether it came with dots or without."""
    digits = "".join(filter(str.isdecimal, number))
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


def described(one: Function) -> dict:
    return {
        "function_code": one.code,
        "national_number": one.national_number or None,
        "holder_enterprise_number": one.holder_enterprise or None,
        "given_name": one.given_name or None,
        "surname": one.surname or None,
        "from": one.start.isoformat(),
        "to": one.end.isoformat() if one.end else None,
        "joint": one.joint,
    }


routes = [
    Route("/registre/fonctions/{number}", functions),
    Route("/api/functions/{number}", change, methods=["PUT", "DELETE"]),
]
