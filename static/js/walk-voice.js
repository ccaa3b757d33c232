// The one voice of a walk: the same <audio> on every page of it, so that the tap that allowed sound counts for all.

/** Says whether it speaks, and tells `ended` when it is silent again. */
export class Voice {
  constructor(ended) {
    this.audio = null
    this.ended = ended
  }

  get isSpeaking() {
    return Boolean(this.audio?.isConnected && !this.audio.paused && !this.audio.ended)
  }

  /** Take the place of the <audio> of a page that is about to be shown; what is being said goes on. */
  moveTo(page) {
    const theirs = page.querySelector('audio')
    this.isResuming = false
    if (!theirs) return
    if (this.audio === null) return this.take(theirs)
    this.isResuming = this.isSpeaking && this.audio.src === theirs.src
    this.from = this.audio.currentTime
    if (this.audio.src !== theirs.src) this.audio.src = theirs.src
    this.audio.setAttribute('aria-label', theirs.getAttribute('aria-label'))
    this.audio.replaceChildren(...theirs.children)
    theirs.replaceWith(this.audio)
  }

  take(audio) {
    this.audio = audio
    audio.addEventListener('ended', () => this.ended())
  }

  /** After the page is shown. `plays`: from the start, as one is at its stop. */
  settle(plays) {
    if (this.isResuming || plays) this.audio?.play().catch(() => {}) // not allowed: its button is there
  }

  /** Inside a tap: from then on it may speak of itself. `silence`: something to play where this page has no voice. */
  unlock(silence) {
    if (this.isOpen) return
    this.isOpen = true
    if (this.audio) return void (this.isSpeaking || this.hush())
    this.take(Object.assign(document.createElement('audio'), { src: silence, preload: 'auto' }))
    this.hush()
  }

  hush() {
    const { audio } = this
    audio.muted = true
    const was = audio.src
    const still = () => {
      if (audio.src === was) audio.pause()
      audio.muted = false
    }
    audio.play().then(still, still)
  }

  /** What the screen of a locked phone says and can do. */
  show(title, artist, onNext) {
    const { mediaSession: session } = navigator
    if (!session || !this.audio) return
    session.metadata = new MediaMetadata({ title, artist })
    const acts = { play: () => this.audio.play(), pause: () => this.audio.pause(), nexttrack: onNext,
      seekbackward: () => (this.audio.currentTime = Math.max(0, this.audio.currentTime - 15)) } // prettier-ignore
    for (const [name, act] of Object.entries(acts)) session.setActionHandler(name, act)
  }
}

/** A short sound and a buzz: something waits. Inside or after a tap. */
export function chime(context) {
  navigator.vibrate?.([80, 60, 80])
  if (!context) return
  const [tone, volume] = [context.createOscillator(), context.createGain()]
  tone.frequency.value = 660
  volume.gain.setValueAtTime(0.15, context.currentTime)
  volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.6)
  tone.connect(volume).connect(context.destination)
  tone.start()
  tone.stop(context.currentTime + 0.6)
}
