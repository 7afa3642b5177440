// Shows the OpenAPI document as a list of operations; plain DOM, no inline script, nothing fetched from elsewhere.
const content = document.getElementById('content')
const filter = document.getElementById('filter')
const METHODS = ['get', 'post', 'put', 'patch', 'delete']

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

const answer = await fetch('/api/v1/openapi.json', { headers: { 'x-yingzao-client': 'web' } })
if (answer.status === 401) {
  content.replaceChildren(element('p', {}, '请先登录 Please sign in first: ', element('a', { href: '/' }, '/')))
} else if (!answer.ok) {
  const problem = await answer.json()
  content.replaceChildren(element('p', {}, problem.detail))
} else {
  const api = await answer.json()
  show(api)
  filter.addEventListener('input', () => show(api))
}

function show(api) {
  const wanted = filter.value.trim().toLowerCase()
  const sections = api.tags.map(tag => {
    const found = Object.entries(api.paths).flatMap(([path, item]) =>
      METHODS.filter(method => item[method]?.tags?.includes(tag.name)).map(method => ({
        path,
        method,
        item,
        operation: item[method],
      })),
    )
    const shown = found.filter(({ path, method, operation }) =>
      `${method} ${path} ${operation.summary}`.toLowerCase().includes(wanted),
    )
    return shown.length
      ? element('section', {}, element('h2', {}, tag.description || tag.name), ...shown.map(each => row(api, each)))
      : ''
  })
  content.replaceChildren(...sections)
}

function row(api, { path, method, item, operation }) {
  const details = element(
    'details',
    {},
    element(
      'summary',
      {},
      element('b', {}, method.toUpperCase()),
      element('code', {}, path),
      element('span', {}, operation.summary),
    ),
  )
  // Opened only when looked at: there are thousands of fields.
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(body(api, item, operation))
  })
  return details
}

function body(api, item, operation) {
  const resolve = node =>
    node?.$ref
      ? node.$ref
          .slice(2)
          .split('/')
          .reduce((at, key) => at[key], api)
      : node
  const parts = []
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolve)
  if (parameters.length)
    parts.push(
      element('h3', {}, 'Parameters'),
      table(parameters.map(each => [each.name, `${each.in}${each.required ? ' *' : ''}`, each.description ?? ''])),
    )
  const request = Object.entries(operation.requestBody?.content ?? {})[0]
  if (request) parts.push(element('h3', {}, `Body ${request[0]}`), schemaTable(resolve(request[1].schema), resolve))
  for (const [status, response] of Object.entries(operation.responses)) {
    const found = resolve(response)
    const schema = resolve(found.content?.['application/json']?.schema)
    parts.push(element('h3', {}, `${status} ${found.description}`))
    if (schema && status !== 'default') parts.push(schemaTable(schema, resolve))
  }
  return element('div', { class: 'body' }, ...parts)
}

function schemaTable(schema, resolve) {
  const target = schema.items ? resolve(schema.items) : schema
  const rows = Object.entries(target.properties ?? {}).map(([name, field]) => {
    const plain = resolve(field)
    const type = field.$ref?.split('/').pop() ?? [plain.type].flat().filter(Boolean).join(' | ')
    const more = [plain.enum?.join(' | '), plain.format, plain.items?.$ref?.split('/').pop(), plain['x-entity']]
    return [
      name + (target.required?.includes(name) ? ' *' : ''),
      [type, ...more].filter(Boolean).join(' · '),
      [plain.title, plain.description].filter(Boolean).join(' · '),
    ]
  })
  return rows.length ? table(rows) : element('p', {}, 'JSON')
}

function table(rows) {
  return element(
    'table',
    {},
    ...rows.map(([name, type, text]) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, element('code', {}, name)),
        element('td', {}, element('code', {}, type)),
        element('td', {}, text),
      ),
    ),
  )
}
