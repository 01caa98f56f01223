# accord as an image: `docker build -t accord .`, then, in the folder of a contract,
# `docker run --rm -p 4010:4010 -v "$PWD:/contract:ro" accord` mocks its openapi.yaml;
# any other command stands behind: `docker run --rm -v "$PWD:/contract:ro" accord lint openapi.yaml`.
FROM python:3.11-slim AS build
WORKDIR /accord
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
RUN python -m venv /opt/accord && /opt/accord/bin/pip install --no-cache-dir ".[redis,postgresql]"

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home accord
COPY --from=build /opt/accord /opt/accord
ENV PATH=/opt/accord/bin:$PATH PYTHONUNBUFFERED=1
WORKDIR /contract
USER accord
EXPOSE 4010
ENTRYPOINT ["accord"]
CMD ["mock", "openapi.yaml", "--host", "0.0.0.0"]
