//! A disk in memory that fails at a chosen operation, and whose power can go: what was not synced is then lost, torn, or
//! there in another order.

use std::io;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use redb::{BackendError, StorageBackend};

/// What happens at the chosen operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It fails, and nothing else does.
    Once,
    /// It and all after it fail.
    Forever,
    /// Half of what is written arrives, then it fails, once.
    Half,
    /// The disk is full: from then on nothing that makes the file longer succeeds, until there is room again.
    Full,
    /// The power goes; of what was not synced nothing is there afterwards.
    PowerNothing,
    /// The power goes; all that was not synced is there afterwards.
    PowerAll,
    /// The power goes; some of the writes that were not synced are there, the later ones first.
    PowerSome,
    /// The power goes; of each write that was not synced some sectors are there.
    PowerTorn,
}

impl Fault {
    pub(crate) const ALL: [Self; 8] = [
        Self::Once,
        Self::Forever,
        Self::Half,
        Self::Full,
        Self::PowerNothing,
        Self::PowerAll,
        Self::PowerSome,
        Self::PowerTorn,
    ];

    /// Whether the process goes on, so that it may try again.
    pub(crate) fn is_survived(self) -> bool {
        matches!(self, Self::Once | Self::Half | Self::Full)
    }
}

/// A disk that holds one file.
#[derive(Clone, Debug)]
pub(crate) struct Disk(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    /// What is there whatever happens.
    synced: Vec<u8>,
    /// What is read.
    bytes: Vec<u8>,
    /// What was done since the last sync.
    unsynced: Vec<Operation>,
    /// How many operations there were, and the one at which the fault happens.
    operations: u64,
    fault: Option<(u64, Fault)>,
    is_dead: bool,
    is_full: bool,
}

#[derive(Clone, Debug)]
enum Operation {
    Write(usize, Vec<u8>),
    Length(usize),
}

impl Disk {
    /// A disk with a file on it, and its fault to come.
    pub(crate) fn new(bytes: Vec<u8>, fault: Option<(u64, Fault)>) -> Self {
        Self(Arc::new(Mutex::new(State {
            synced: bytes.clone(),
            bytes,
            unsynced: Vec::new(),
            operations: 0,
            fault,
            is_dead: false,
            is_full: false,
        })))
    }

    /// How many operations there were.
    pub(crate) fn operations(&self) -> u64 {
        self.state().operations
    }

    /// There is room again.
    pub(crate) fn make_room(&self) {
        self.state().is_full = false;
    }

    /// What a process finds that starts after this one was killed, or after the power came back.
    pub(crate) fn afterwards(&self) -> Vec<u8> {
        let state = self.state();
        let Some((seed, fault)) = state.fault.filter(|_| state.is_dead) else {
            return state.bytes.clone();
        };
        let mut bytes = state.synced.clone();
        let chance = |number: usize| {
            (seed.wrapping_mul(31) + number as u64).wrapping_mul(0x9e37_79b9) >> 7 & 1 == 0
        };
        match fault {
            Fault::PowerAll => state.unsynced.iter().for_each(|one| one.apply(&mut bytes)),
            Fault::PowerSome => {
                let kept = state.unsynced.iter().enumerate().rev();
                let kept = kept.filter(|(number, _)| chance(*number));
                kept.for_each(|(_, one)| one.apply(&mut bytes));
            }
            Fault::PowerTorn => {
                const SECTOR: usize = 512;
                for (number, one) in state.unsynced.iter().enumerate() {
                    let Operation::Write(at, data) = one else {
                        one.apply(&mut bytes);
                        continue;
                    };
                    for (sector, part) in data.chunks(SECTOR).enumerate() {
                        if chance(number * 7 + sector) {
                            Operation::Write(at + sector * SECTOR, part.to_vec()).apply(&mut bytes);
                        }
                    }
                }
            }
            _ => {}
        }
        bytes
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn operate(&self, operation: Option<Operation>) -> io::Result<()> {
        let mut state = self.state();
        state.operations += 1;
        let fault = state.fault.filter(|(at, _)| *at == state.operations);
        match fault.map(|(_, fault)| fault) {
            None => {}
            Some(Fault::Full) => state.is_full = true,
            Some(Fault::Once) => return Err(failed()),
            Some(Fault::Half) => {
                if let Some(Operation::Write(at, mut data)) = operation {
                    data.truncate(data.len() / 2);
                    state.perform(Operation::Write(at, data));
                }
                return Err(failed());
            }
            Some(_) => state.is_dead = true,
        }
        if state.is_dead {
            return Err(failed());
        }
        match operation {
            None => {
                state.synced = state.bytes.clone();
                state.unsynced.clear();
            }
            Some(operation) => {
                if state.is_full && operation.end() > state.bytes.len() {
                    return Err(io::ErrorKind::StorageFull.into());
                }
                state.perform(operation);
            }
        }
        Ok(())
    }
}

fn failed() -> io::Error {
    io::Error::other("the disk fails")
}

impl State {
    fn perform(&mut self, operation: Operation) {
        operation.apply(&mut self.bytes);
        self.unsynced.push(operation);
    }
}

impl Operation {
    fn end(&self) -> usize {
        match self {
            Self::Write(at, data) => at + data.len(),
            Self::Length(length) => *length,
        }
    }

    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Write(at, data) => {
                let end = at + data.len();
                if bytes.len() < end {
                    bytes.resize(end, 0);
                }
                bytes[*at..end].copy_from_slice(data);
            }
            Self::Length(length) => bytes.resize(*length, 0),
        }
    }
}

fn place(offset: u64) -> usize {
    usize::try_from(offset).expect("a file in memory is short")
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.state().bytes.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let state = self.state();
        let from = place(offset);
        let found = state.bytes.get(from..from + out.len());
        out.copy_from_slice(found.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.operate(Some(Operation::Length(place(len))))
    }

    fn sync_data(&self) -> io::Result<()> {
        self.operate(None)
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.operate(Some(Operation::Write(place(offset), data.to_vec())))
    }

    // Nobody else uses the disk.

    fn try_lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        Ok(true)
    }

    fn try_lock_shared_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        Ok(true)
    }

    fn lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        Ok(())
    }

    fn lock_shared_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        Ok(())
    }

    fn unlock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        Ok(())
    }

    fn query_lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        Ok(false)
    }
}

/// Runs something once for each of a disk's operations, which fails in every way; by default in one way, and each way at
/// an eighth of the operations. It gets the disk that will fail, the fault, and the words for where it stands.
pub(crate) fn sweep(file: &[u8], whole: &Disk, mut play: impl FnMut(&Disk, Fault, &str)) {
    let operations = whole.operations();
    assert!(operations > 50, "{operations}");
    let soak = std::env::var("TUPU_SOAK").is_ok();
    for at in 1..=operations {
        for (number, fault) in (0..).zip(Fault::ALL) {
            if soak || at % 8 == number {
                let disk = Disk::new(file.to_vec(), Some((at, fault)));
                play(&disk, fault, &format!("{fault:?} at {at}"));
            }
        }
    }
    println!("{operations} operations");
}
