// The service worker: shows what is pushed and opens its page. It keeps no copies and answers no requests, so the app is never
// an old one. Plain JavaScript, served as it is. What is pushed is a `Notice` of platform/push/notice.ts.
const scope = globalThis

scope.addEventListener('install', () => scope.skipWaiting())
scope.addEventListener('activate', event => event.waitUntil(scope.clients.claim()))
scope.addEventListener('push', event => event.waitUntil(show(event.data)))
scope.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(open(event.notification.data?.path))
})

async function show(data) {
  const { title = '营造 Yingzao', body = '', tag, path = '/inbox', unread, lang = 'zh' } = read(data)
  // A browser takes the subscription away from whoever is pushed to and shows nothing.
  await scope.registration.showNotification(title, {
    ...{ body, tag, data: { path }, icon: '/icon-192.png', badge: '/badge.png' },
    lang: lang === 'zh' ? 'zh-CN' : 'en',
  })
  if (typeof unread === 'number' && scope.navigator.setAppBadge)
    await scope.navigator.setAppBadge(unread).catch(() => {})
}

function read(data) {
  try {
    return data?.json() ?? {}
  } catch {
    return {}
  }
}

/** A tab that shows the page already, or any tab of ours: the app goes there itself and asks about what is not saved. */
async function open(path) {
  const url = new URL(typeof path === 'string' ? path : '/inbox', scope.location.origin)
  if (url.origin !== scope.location.origin) return
  const tabs = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const tab = tabs.find(each => each.url === url.href) ?? tabs[0]
  if (!tab) return scope.clients.openWindow(url.href)
  if (tab.url !== url.href) tab.postMessage({ open: url.pathname + url.search + url.hash })
  await tab.focus().catch(() => {})
}
