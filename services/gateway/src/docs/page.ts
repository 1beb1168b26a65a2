import { createHash } from 'node:crypto'
import { problems } from '../edge/problems.ts'
import type { RestRoute } from '../rest/route.ts'
import { guestPurchase } from './examples.ts'
import { type Html, html, prose } from './html.ts'
import { routeArticle } from './route-article.ts'
import { style } from './style.ts'

export type DocsPage = { body: string; contentSecurityPolicy: string }

/** The readable page of the REST interface, made from the table that is served. */
export function docsPage(routes: readonly RestRoute[], baseUrl: string): DocsPage {
  const tags = [...new Set(routes.map(({ tag }) => tag))]
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Souk for developers</title>
<meta name="description" content="The REST interface of the shop, with examples.">
<style>__STYLE__</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<div class="page">
${navigation(routes, tags)}
<main id="content">
${introduction(baseUrl)}
${purchase(baseUrl)}
${tags.map((tag) => section(tag, routes, baseUrl))}
${problemTable()}
</main>
</div>
</body>
</html>`
  const hash = createHash('sha256').update(style).digest('base64')
  return {
    // Put in unescaped: the policy allows exactly these bytes.
    body: page.text.replace('__STYLE__', () => style),
    contentSecurityPolicy: `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  }
}

function navigation(routes: readonly RestRoute[], tags: readonly string[]): Html {
  return html`<nav aria-label="Contents">
<a class="mark" href="#content">Souk</a>
<ul><li><a href="#start">Start here</a></li><li><a href="#purchase">A purchase in six commands</a></li>
${tags.map((tag) => html`<li><a href="#${tag.toLowerCase()}">${tag}</a></li>`)}
<li><a href="#problems">Problems</a></li><li><a href="/openapi.json">OpenAPI 3.1</a></li></ul>
<div class="routes">${tags.map(
    (tag) =>
      html`<ul>${routes
        .filter((route) => route.tag === tag)
        .map((route) => html`<li><a href="#${route.operationId}">${route.summary}</a></li>`)}</ul>`,
  )}</div>
</nav>`
}

function introduction(baseUrl: string): Html {
  return html`<section id="start">
<h1>Souk for developers</h1>
<p class="lead">Everything the shop does, over plain HTTP. The two apps use the same services through tRPC; this
page and <a href="/openapi.json">openapi.json</a> are made from the table that answers your requests.</p>
<ul class="prose">
<li>${prose(`The base address is \`${baseUrl}\`. JSON goes in and out, in camelCase.`)}</li>
<li>${prose('Money is `{ "amount": 1999, "currency": "EUR" }`: whole minor units and an ISO 4217 code.')}</li>
<li>${prose('Times are ISO 8601 in UTC, ids are UUIDs.')}</li>
<li>${prose('Lists are `{ "items": [], "nextCursor": null }`; send `nextCursor` as `cursor` for the next page, and `limit` from 1 to 100.')}</li>
<li>${prose('`Authorization: Bearer <token>` says who you are; `POST /api/v1/auth/token` gives one for 15 minutes and a refresh token for the next.')}</li>
<li>${prose('`Idempotency-Key` on a POST or PATCH makes it safe to repeat: the same request is carried out once and answered the same for at least a day.')}</li>
<li>${prose('Every answer names itself in `X-Request-Id`. Send your own to follow it through our logs.')}</li>
</ul>
</section>`
}

function purchase(baseUrl: string): Html {
  return html`<section>
<h2 id="purchase">A purchase in six commands</h2>
<p>Without an account. Paste them in turn; they build on each other.</p>
${guestPurchase(baseUrl).map(
  ({ title, text, command }, index) =>
    html`<h3>${index + 1}. ${title}</h3><p>${prose(text)}</p><pre tabindex="0"><code>${command}</code></pre>`,
)}
</section>`
}

function section(tag: string, routes: readonly RestRoute[], baseUrl: string): Html {
  return html`<section>
<h2 id="${tag.toLowerCase()}">${tag}</h2>
${routes.filter((route) => route.tag === tag).map((route) => routeArticle(route, baseUrl))}
</section>`
}

function problemTable(): Html {
  return html`<section>
<h2 id="problems">Problems</h2>
<p>${prose('Every refusal is `application/problem+json` (RFC 9457) with `type`, `title`, `status`, `detail`, `code` and `requestId`; wrong fields are listed in `errors: [{ path, message }]`. Act on `code`; the texts may change.')}</p>
<div class="scroll"><table>
<thead><tr><th scope="col">code</th><th scope="col">Status</th><th scope="col">What to do</th></tr></thead>
<tbody>${Object.entries(problems).map(
    ([code, { status, meaning }]) =>
      html`<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${prose(meaning)}</td></tr>`,
  )}</tbody></table></div>
</section>`
}
