//! A gzip bomb: few bytes that a careless reader makes many of.

/// Each code of a repetition stands for so many zeros.
const RUN: usize = 258;

/// So many zeros, compressed to about a hundred and fiftieth. The checksum at the end is left out: whoever gets there has
/// already unpacked everything.
pub fn of_zeros(count: usize) -> Vec<u8> {
    let mut bits = Bits { bytes: vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255], used: 8 };
    // One block, the last, with fixed Huffman codes (RFC 1951, section 3.2.6).
    bits.push(0b1, 1);
    bits.push(0b01, 2);
    // The byte 0, which the repetitions repeat.
    bits.push(0b0000_1100, 8);
    for _ in 0..count / RUN {
        // Length 258 is code 285 (11000101, written from its high bit), at distance 1 (00000).
        bits.push(0b1010_0011, 8);
        bits.push(0, 5);
    }
    // The end of the block is code 256.
    bits.push(0, 7);
    bits.bytes
}

struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    /// The lowest bit comes first.
    fn push(&mut self, value: u8, count: u32) {
        for place in 0..count {
            if self.used == 8 {
                self.bytes.push(0);
                self.used = 0;
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= (value >> place & 1) << self.used;
            }
            self.used += 1;
        }
    }
}
