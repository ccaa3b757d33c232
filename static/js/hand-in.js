// A hand-in as it lies on the phone before it is sent.

const WHERE = ['lat', 'lon', 'accuracy']
const NOT_KEPT = [...WHERE, 'client_key', 'challenge']
const ANY = '*' // a photo for any challenge
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'

/** A client key: 26 random letters, under which the server does a thing once. */
export function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => LETTERS[byte % 32]).join('')
}

/** The item of `photo` {key, blob, name, madeAt}, or of a hand-in without one {key}, as the form says it now. */
export function handIn(form, { challenge, title }, photo, me) {
  const { challenge: choice } = form.elements
  return {
    sort: 'photo',
    state: 'chosen',
    challenge,
    madeAt: Date.now(),
    ...photo,
    who: photo.who || me,
    url: new URL(choice ? form.action.replace(/[^/]*$/, choice.value) : form.action, location.href).pathname,
    title: choice ? choice.selectedOptions[0].text : title,
    fields: photo.blob ? texts(form) : { ...texts(form), without: '1' },
  }
}

/** What a form says in words, for the queue: no photos, and not where the phone is. */
export function texts(form, submitter) {
  const said = Array.from(new FormData(form)).filter(([, value]) => typeof value === 'string')
  if (submitter?.name) said.push([submitter.name, submitter.value])
  return Object.fromEntries(said.filter(([name]) => !NOT_KEPT.includes(name)))
}

/** Where the phone is, when the form knows it: for sending now, never to be kept. */
export function position(form) {
  return Object.fromEntries(Array.from(new FormData(form)).filter(([name]) => WHERE.includes(name)))
}

/** What changes in a photo that its challenge does not take: it waits at `page` for another one, on whichever page. */
export function movable([page] = []) {
  return page ? { challenge: ANY, url: page } : {}
}

/** Whether an item is a photo for this page that its maker has not sent, or that waits while they can see it. */
export function isFor(item, challenge, me, waitsElsewhere) {
  const stays = item.state === 'chosen' || (item.state === 'waiting' && !waitsElsewhere)
  return Boolean(item.blob) && [challenge, ANY].includes(item.challenge) && stays && (!item.who || item.who === me)
}
