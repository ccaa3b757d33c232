// <waiting-list>: everything that waits on this phone, to look at, save, send again or throw away.
import { all } from './keep.js'
import { again, discard, whose } from './outbox.js'
import { preview } from './preview.js'
import { count, isOld } from './queue.js'
import { keepTrying, tryNow } from './tries.js'
import { fill } from './words.js'

class WaitingList extends HTMLElement {
  async connectedCallback() {
    this.find = (name) => this.querySelector(`[data-part="${name}"]`)
    this.isAway = location.pathname !== this.dataset.path // shown in the place of a page that could not come
    this.addEventListener('click', (event) => this.act(event.target.closest('[data-do]')))
    this.draw = () => this.show()
    for (const [where, what] of [[document, 'outbox'], [window, 'online'], [window, 'offline']]) {
      where.addEventListener(what, this.draw)
    }
    this.choose(location.pathname.split('/together/')[1])
    await this.show()
    this.dataset.ready = ''
    keepTrying()
  }

  async show() {
    this.me = await whose()
    const items = await all()
    this.items = items.filter((item) => this.isMine(item))
    const isOffline = this.isAway || !navigator.onLine
    const { others } = count(items, this.me, Date.now())
    const isAsleep = !this.me && !this.items.length && others > 0 // of who left this phone
    const title = `${isOffline ? 'offline' : 'online'}${this.items.length ? 'Some' : 'None'}`
    this.find('heading').textContent = fill(this.dataset[isAsleep ? 'asleep' : title], { number: others })
    this.find('back').hidden = !isAsleep || isOffline
    this.find('lead').hidden = !this.items.length
    this.find('warning').hidden = !this.items.some(({ blob }) => blob)
    const seen = JSON.stringify(this.items.map(({ key, state, madeAt, sentence }) => [key, state, madeAt, sentence]))
    if (seen === this.seen) return
    this.seen = seen
    for (const image of this.find('items').querySelectorAll('img')) URL.revokeObjectURL(image.src)
    this.find('items').replaceChildren(...this.items.map((item) => this.row(item)))
    this.find('items').hidden = !this.items.length
  }

  // Who was on the way to a challenge finds it chosen.
  choose(challenge) {
    const choice = document.querySelector('photo-input select')
    if (!Array.from(choice.options, ({ value }) => value).includes(challenge)) return
    choice.value = challenge
    choice.dispatchEvent(new Event('change'))
  }

  // Of somebody else nothing is shown; what was chosen on this very page stands in its form.
  isMine({ who, state, challenge }) {
    return (who === this.me || !who) && !(state === 'chosen' && challenge === 'offline')
  }

  row(item) {
    const row = this.find('item').content.firstElementChild.cloneNode(true)
    const part = (name) => row.querySelector(`[data-part="${name}"]`)
    const isStuck = ['refused', 'lost'].includes(item.state) || (!item.who && Boolean(document.body.dataset.me))
    row.dataset.key = item.key
    part('sort').textContent = { yes: this.dataset.yes, no: this.dataset.no }[item.sort] ?? ''
    part('title').textContent = item.title ?? ''
    part('time').textContent = when(item.madeAt)
    part('state').textContent = this.stateOf(item)
    for (const name of ['thumbnail', 'photo']) {
      part(name).hidden = !item.blob
      preview(part(name), item.blob && item, this.dataset.alt, name === 'photo' ? this.dataset.unseen : '')
    }
    part('mark').hidden = Boolean(item.blob)
    part('thumbnail').firstChild?.addEventListener('error', () => {
      part('thumbnail').hidden = true
      part('mark').hidden = false
    })
    part('save').hidden = !item.blob
    if (item.blob) Object.assign(part('save'), { href: part('photo').firstChild.src, download: item.name })
    part('letters').hidden = !(isStuck && item.sort === 'photo')
    part('letters').querySelector('input').value = item.fields?.tag ?? ''
    part('again').hidden = !isStuck || item.state === 'lost'
    part('open').hidden = !['arrived', 'chosen'].includes(item.state)
    part('open').href = item.next ?? item.url
    part('fold').open = isStuck
    return row
  }

  stateOf(item) {
    if (item.state === 'refused') return item.sentence
    if (item.state === 'waiting' && isOld(item, Date.now())) return this.dataset.old
    return this.dataset[item.state]
  }

  async act(button) {
    const what = button?.dataset.do
    if (what === 'try') return this.isAway ? location.reload() : tryNow(true)
    const row = button?.closest('[data-key]')
    const item = row && this.items.find(({ key }) => key === row.dataset.key)
    if (what === 'discard' && !button.dataset.sure) {
      button.dataset.sure = button.textContent = this.dataset.sure
    } else if (what === 'discard') {
      await discard(item)
      this.find('heading').focus()
    } else if (what === 'again') {
      const tag = row.querySelector('input').value
      await again({ ...item, who: item.who || this.me }, item.sort === 'photo' ? { tag } : {})
    } else if (what === 'open' && item.state === 'arrived') {
      await discard(item)
    }
  }
}

function when(moment) {
  const { lang } = document.documentElement
  return new Intl.DateTimeFormat(lang, { weekday: 'long', hour: 'numeric', minute: '2-digit' }).format(moment)
}
customElements.define('waiting-list', WaitingList)
