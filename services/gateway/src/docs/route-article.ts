import type { Access } from '@souk/api/rpc'
import { problems } from '../edge/problems.ts'
import { problemCodesOf } from '../rest/problem-codes.ts'
import type { RestRoute } from '../rest/route.ts'
import { describeInput, type Field } from './describe-input.ts'
import { exampleBodies } from './examples.ts'
import { type Html, html, prose } from './html.ts'

const whoOf: Record<Access, string> = {
  public: 'Anyone',
  customer: 'Signed in',
  staff: 'Staff',
  owner: 'Owners',
}

/** One route: what it is for, what goes in, what comes out, and a command to try it. */
export function routeArticle(route: RestRoute, baseUrl: string): Html {
  const fields = describeInput(route)
  return html`<article id="${route.operationId}">
<header><span class="method">${route.method}</span> <span class="path">${route.path}</span>
<span class="who">${whoOf[route.access]}</span>
<h3 class="sum">${route.summary}</h3></header>
<div class="body">
${route.description !== undefined && html`<p>${prose(route.description)}</p>`}
${fields.length > 0 && fieldTable(fields)}
<p>${prose(`Answers \`${route.answer.status}\`: ${route.answer.description}.`)}
${html`${problemCodesOf(route).map(
  (code) => html` <a href="#${code}"><code>${problems[code].status} ${code}</code></a>`,
)}`}</p>
<details><summary>Example</summary><pre tabindex="0"><code>${exampleCommand(route, baseUrl)}</code></pre></details>
</div>
</article>`
}

function fieldTable(fields: readonly Field[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Field</th><th scope="col">In</th><th scope="col">Type</th></tr></thead>
<tbody>${fields.map(
    ({ name, where, type, isRequired }) =>
      html`<tr><td><code>${name}</code>${isRequired ? '' : ' (optional)'}</td><td>${where}</td><td>${type}</td></tr>`,
  )}</tbody></table></div>`
}

/** A curl command that can be pasted; capitals after a dollar sign are for the reader to fill in. */
export function exampleCommand(route: RestRoute, baseUrl: string): string {
  const url = `${baseUrl}${route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`)}`
  const body = exampleBodies[route.operationId]
  const lines = [
    `curl -s${route.answerType === 'text/event-stream' ? 'N' : ''}${route.method === 'GET' ? '' : ` -X ${route.method}`} "${url}"`,
    ...(route.access === 'public' ? [] : ['-H "authorization: Bearer $ACCESS_TOKEN"']),
    ...(route.headers?.includes('X-Order-Token') ? ['-H "x-order-token: $TOKEN"'] : []),
    ...(route.headers?.includes('Idempotency-Key') ? ['-H "idempotency-key: $(date +%s)"'] : []),
    ...(route.bodyKind === 'image' ? ['-H "content-type: image/jpeg"', '--data-binary @picture.jpg'] : []),
    ...(body === undefined
      ? []
      : [
          "-H 'content-type: application/json'",
          `-d '${JSON.stringify(body, undefined, 2).replaceAll('\n', '\n      ')}'`,
        ]),
  ]
  return lines.join(' \\\n  ')
}
