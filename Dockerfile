# One image for every program of Muster; the command says which. `docker-compose.yml` runs the roles,
# `docker run -p 8080:8080 -v muster:/data muster` all of Muster in one container, on the embedded engine.

FROM node:26.10.0-bookworm-slim AS base
WORKDIR /muster
COPY package.json package-lock.json .npmrc ./

# The image brings the very Node that package.json pins: the script that would fetch it once more is not run.
FROM base AS build
RUN npm ci --ignore-scripts
COPY .swcrc ./
COPY scripts/build.mjs scripts/
COPY apps apps
COPY libs libs
COPY connectors connectors
RUN node scripts/build.mjs

FROM base AS packages
RUN npm ci --omit=dev --ignore-scripts

FROM base AS muster
RUN mkdir /data /inbox && chown node:node /data /inbox
COPY --from=packages /muster/node_modules node_modules
COPY --from=build /muster/dist dist
COPY LICENSE ./
ENV NODE_ENV=production MUSTER_HOST=0.0.0.0 MUSTER_DATA_DIR=/data
USER node
EXPOSE 8080
ENTRYPOINT ["node", "--enable-source-maps", "--disable-warning=TimeoutNegativeWarning"]
CMD ["dist/apps/standalone/src/main.js"]
